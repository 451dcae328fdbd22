package io.orbitmq.broker.node;

import io.orbitmq.broker.filter.CheckClientConfigHandler;
import io.orbitmq.broker.group.ConsumerListHandler;
import io.orbitmq.broker.group.HeartbeatHandler;
import io.orbitmq.broker.group.LockQueuesHandler;
import io.orbitmq.broker.group.UnlockQueuesHandler;
import io.orbitmq.broker.group.UnregisterClientHandler;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.offset.QueryOffsetHandler;
import io.orbitmq.broker.offset.UpdateOffsetHandler;
import io.orbitmq.broker.pull.PullHandler;
import io.orbitmq.broker.query.EarliestTimeHandler;
import io.orbitmq.broker.query.MessageByPositionHandler;
import io.orbitmq.broker.query.MessagesByKeyHandler;
import io.orbitmq.broker.query.OffsetByTimeHandler;
import io.orbitmq.broker.query.QueueEndHandler;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.broker.retry.SendBackHandler;
import io.orbitmq.broker.send.SendAssembly;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.RequestHandler;

/**
 * The one-screen table of the broker: request code, lane, handler. What is not here is answered code 3. Inline handlers
 * never wait; the query lane may wait for the disk; operators have a lane of their own, so that neither holds up the
 * other.
 */
final class BrokerTable {

    private static final long MIB = 1024 * 1024;
    private static final Lane INLINE = Lane.inline();
    private static final Lane QUERY = Lane.pool("broker-query", 2, 16 * MIB, 10_000);
    private static final Lane TRANSACTION = Lane.pool("broker-transaction", 2, 16 * MIB, 100_000);
    private static final Lane MANAGE = Lane.pool("broker-manage", 2, 64 * MIB, 10_000);

    private final HandlerTable rows;

    BrokerTable(BrokerParts broker, SendAssembly sends, BrokerFeatures features, ManageParts manage) {
        HandlerTable.Builder table = OperatorTable.addTo(HandlerTable.builder(), MANAGE, manage);
        features.transactions().addTo(table, TRANSACTION, MANAGE);
        features.pops().addTo(table, QUERY);
        features.assignments().addTo(table, INLINE, MANAGE);
        rows = answeringFailures(rows(table, broker, sends, features.pull())
                .on(RequestCode.RECALL_MESSAGE, INLINE, features.recall())
                .build());
    }

    /** Everything, for the main port. */
    HandlerTable mainPort() {
        return rows;
    }

    /** Everything but pulls, for the port two below. */
    HandlerTable vipPort() {
        HandlerTable.Builder table = HandlerTable.builder();
        rows.entries().forEach((code, row) -> {
            if (code != RequestCode.PULL_MESSAGE && code != RequestCode.LITE_PULL_MESSAGE) {
                table.on(code, row.lane(), row.handler());
            }
        });
        return table.build();
    }

    private static HandlerTable answeringFailures(HandlerTable plain) {
        HandlerTable.Builder table = HandlerTable.builder();
        plain.entries().forEach((code, row) -> table.on(code, row.lane(), FailureAnswers.around(row.handler())));
        return table.build();
    }

    private static HandlerTable.Builder rows(
            HandlerTable.Builder table, BrokerParts broker, SendAssembly sends, PullHandler pull) {
        RequestHandler send = sends.handler();
        RequestHandler replies = broker.replies(sends.plain());
        return table.on(RequestCode.SEND_MESSAGE, INLINE, send)
                .on(RequestCode.SEND_MESSAGE_V2, INLINE, send)
                .on(RequestCode.SEND_BATCH_MESSAGE, INLINE, send)
                .on(RequestCode.SEND_REPLY_MESSAGE, INLINE, replies)
                .on(RequestCode.SEND_REPLY_MESSAGE_V2, INLINE, replies)
                .on(RequestCode.PULL_MESSAGE, INLINE, pull)
                .on(RequestCode.LITE_PULL_MESSAGE, INLINE, pull)
                .on(RequestCode.CONSUMER_SEND_MSG_BACK, QUERY, new SendBackHandler(broker.sendBackParts()))
                .on(
                        RequestCode.HEART_BEAT,
                        INLINE,
                        new HeartbeatHandler(
                                broker.config, broker.retryTopics, broker.consumers, broker.producers, broker.clock))
                .on(
                        RequestCode.UNREGISTER_CLIENT,
                        INLINE,
                        new UnregisterClientHandler(broker.consumers, broker.producers))
                .on(RequestCode.CHECK_CLIENT_CONFIG, INLINE, new CheckClientConfigHandler(broker.config))
                .on(RequestCode.GET_CONSUMER_LIST_BY_GROUP, INLINE, new ConsumerListHandler(broker.consumers))
                .on(RequestCode.LOCK_BATCH_MQ, INLINE, new LockQueuesHandler(broker.locks))
                .on(RequestCode.UNLOCK_BATCH_MQ, INLINE, new UnlockQueuesHandler(broker.locks, broker.consumers))
                .on(RequestCode.QUERY_CONSUMER_OFFSET, INLINE, new QueryOffsetHandler(broker.offsets, broker.store))
                .on(
                        RequestCode.UPDATE_CONSUMER_OFFSET,
                        INLINE,
                        new UpdateOffsetHandler(broker.offsets, broker.groupConfigs, broker.topics))
                .on(RequestCode.GET_MAX_OFFSET, INLINE, QueueEndHandler.newest(broker.store))
                .on(RequestCode.GET_MIN_OFFSET, INLINE, QueueEndHandler.oldest(broker.store))
                .on(RequestCode.GET_EARLIEST_MSG_STORETIME, QUERY, new EarliestTimeHandler(broker.store))
                .on(RequestCode.SEARCH_OFFSET_BY_TIMESTAMP, QUERY, new OffsetByTimeHandler(broker.store))
                .on(RequestCode.QUERY_MESSAGE, QUERY, new MessagesByKeyHandler(broker.store))
                .on(RequestCode.VIEW_MESSAGE_BY_ID, QUERY, new MessageByPositionHandler(broker.store));
    }
}
