package io.orbitmq.broker.manage;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayProgress;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.MessageStore;

/**
 * What administration works with; each handler takes what it needs.
 *
 * @param config settings of the running broker
 * @param settings the same as the operator wrote them
 * @param address where clients reach the broker
 * @param topics topics
 * @param groupConfigs settings of groups
 * @param groups live consumers
 * @param producers live producers
 * @param offsets progress of groups
 * @param held pulls that wait
 * @param store messages
 * @param traffic figures
 * @param announcer tells the nameservers
 * @param delays delayed delivery
 * @param repeats sends that are recognised when they are repeated
 * @param clock time
 */
public record ManageParts(
        LiveConfig config,
        OperatorSettings settings,
        AdvertisedAddress address,
        Topics topics,
        GroupConfigs groupConfigs,
        ConsumerGroups groups,
        ProducerGroups producers,
        ConsumerOffsets offsets,
        HeldRequests held,
        MessageStore store,
        TrafficMeter traffic,
        Announcer announcer,
        DelayProgress delays,
        RepeatedSends repeats,
        Clock clock) {}
