package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.queue.LockBatchBody;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** UNLOCK_BATCH_MQ: a client gives queues back; those it does not hold are ignored (protocol/07 section 9). */
public final class UnlockQueuesHandler implements RequestHandler {

    private final QueueLocks<MessageQueueKey> locks;

    public UnlockQueuesHandler(QueueLocks<MessageQueueKey> locks) {
        this.locks = locks;
    }

    @Override
    public void handle(Exchange exchange) {
        LockBatchBody asked = LockBatchBody.decode(exchange.request().body());
        locks.unlock(asked.consumerGroup(), asked.clientId(), asked.queues());
        exchange.succeed(Fields.NONE);
    }
}
