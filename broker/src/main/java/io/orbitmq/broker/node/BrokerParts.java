package io.orbitmq.broker.node;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.assignment.Assignments;
import io.orbitmq.broker.assignment.RequestModes;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayMachine;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.delay.DelayTakeover;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.filter.SubscriptionFilters;
import io.orbitmq.broker.group.ClientLiveness;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.MemberNotices;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.group.QueueLocks;
import io.orbitmq.broker.group.RetryTopics;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.longpoll.LongPollConfig;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.pop.PopParts;
import io.orbitmq.broker.pop.Pops;
import io.orbitmq.broker.pop.state.PopTable;
import io.orbitmq.broker.registration.TopicRoutes;
import io.orbitmq.broker.reply.ReplyPush;
import io.orbitmq.broker.reply.SendReplyHandler;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.retry.SendBackParts;
import io.orbitmq.broker.send.PlainSend;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.takeover.StoreTakeover;
import io.orbitmq.broker.takeover.StoredTopics;
import io.orbitmq.broker.takeover.TakeoverTable;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.broker.transaction.OpenTransactions;
import io.orbitmq.broker.transaction.TransactionParts;
import io.orbitmq.broker.transaction.TransactionTakeover;
import io.orbitmq.broker.transaction.Transactions;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.MessageStore.ArrivalListener;
import java.time.ZoneId;

/** The parts of one broker over an open store, made once and then only read. */
final class BrokerParts {

    final LiveConfig config;
    final MessageStore store;
    final Clock clock;
    final Scheduler scheduler;
    final AdvertisedAddress address;
    final Topics topics;
    final QueueHandles queues;
    final GroupConfigs groupConfigs;
    final RequestModes requestModes;
    final ConsumerGroups consumers;
    final ProducerGroups producers;
    final QueueLocks<MessageQueueKey> locks;
    final RetryTopics retryTopics;
    final ConsumerOffsets offsets;
    final SubscriptionFilters filters = new SubscriptionFilters();
    final HeldRequests held;
    final DurableAnswers durable;
    final RepeatedSends repeats;
    final ClientLiveness liveness;
    final TrafficMeter traffic;
    final OpenTransactions openTransactions;
    final DelayTable delayTable;
    final DelayedSends delayedSends;
    final PopTable popTable;
    private volatile ArrivalListener popArrivals = (queue, offset, tagsCode) -> {};

    BrokerParts(BrokerConfig initial, StateTables tables, MessageStore store, Clock clock, Scheduler scheduler) {
        this.config = new LiveConfig(initial);
        this.store = store;
        this.clock = clock;
        this.scheduler = scheduler;
        this.address = new AdvertisedAddress(
                initial.identity().advertisedHost(), initial.network().listenPort());
        StateLog log = new StateLog(store);
        this.topics = new Topics(tables.topics(), log, clock);
        this.queues = new QueueHandles(store, topics);
        this.groupConfigs = new GroupConfigs(tables.groups(), log, clock, config);
        this.requestModes = new RequestModes(tables.requestModes(), log, config);
        this.consumers = new ConsumerGroups(new MemberNotices(config, groupConfigs));
        this.producers = new ProducerGroups();
        this.locks = new QueueLocks<>(clock, initial.groups().queueLockExpiry());
        this.retryTopics = new RetryTopics(topics, groupConfigs);
        this.offsets = new ConsumerOffsets(tables.offsets(), log);
        this.held = new HeldRequests(
                clock,
                scheduler,
                LongPollConfig.within(
                        Runtime.getRuntime().maxMemory(), initial.pulls().maxHeldPulls()));
        this.liveness = new ClientLiveness(config, consumers, producers, clock);
        this.traffic = new TrafficMeter(clock, ZoneId.systemDefault());
        this.durable =
                new DurableAnswers(store, scheduler, clock, initial.store().syncFlushTimeout(), traffic::stored);
        this.repeats = new RepeatedSends(config, store, scheduler, clock);
        durable.onSlow(initial.sends().duplicates().slowAnswer(), repeats::late);
        this.openTransactions = tables.transactions();
        this.delayTable = tables.delays();
        this.delayedSends = new DelayedSends(config, store, delayTable, clock);
        this.popTable = tables.pops();
        consumers.addListener(filters);
        store.onArrival((queue, offset, tagsCode) -> {
            held.arrived(queue, offset, tagsCode);
            popArrivals.arrived(queue, offset, tagsCode);
        });
    }

    /** @param worker for the check-backs alone */
    Transactions transactions(Scheduler worker) {
        return new Transactions(new TransactionParts(
                config, openTransactions, topics, producers, store, durable, delayedSends, worker, clock));
    }

    /** What the state beside another program's log is brought into. */
    StoreTakeover.Target takeover(TakeoverTable table, StoredTopics stored) {
        return new StoreTakeover.Target(
                table,
                new StateLog(store),
                stored,
                topics,
                groupConfigs,
                offsets,
                new DelayTakeover(delayTable, store, config.get().store().retention(), clock),
                new TransactionTakeover(openTransactions, store));
    }

    /** @param worker for delayed delivery alone */
    DelayMachine delays(Scheduler worker) {
        BrokerConfig initial = config.get();
        return new DelayMachine(new DelayMachine.Parts(
                initial.delays(),
                initial.store().retention(),
                delayTable,
                store,
                topics,
                queues,
                worker,
                traffic,
                clock));
    }

    /** @param routes queues of other brokers */
    Assignments assignments(TopicRoutes routes) {
        return new Assignments(config, requestModes, topics, groupConfigs, consumers, routes::queuesOf);
    }

    /** @param machine the outside world, for pop consumption; hears of arrivals and topics */
    Pops pops(PopParts.Machine machine) {
        Pops pops = new Pops(new PopParts(
                config, topics, queues, groupConfigs, offsets, store, popTable, address, traffic, machine));
        topics.addListener(pops);
        groupConfigs.onDeleted(pops::groupDeleted);
        offsets.onReset(pops::offsetsReset);
        popArrivals = pops;
        return pops;
    }

    SendReplyHandler replies(PlainSend sends) {
        return new SendReplyHandler(config, sends, producers, new ReplyPush(config, address, clock), durable);
    }

    SendBackParts sendBackParts() {
        return new SendBackParts(
                config, groupConfigs, retryTopics, delayedSends, queues, store, durable, address, traffic);
    }
}
