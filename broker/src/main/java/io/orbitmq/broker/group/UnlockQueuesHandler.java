package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.queue.LockBatchBody;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Set;

/**
 * UNLOCK_BATCH_MQ: a client gives queues back; those it does not hold are ignored (protocol/07 section 9). Who asked for
 * them in vain is told at once that the group changed and asks again, instead of up to 20 s later.
 */
public final class UnlockQueuesHandler implements RequestHandler {

    private final QueueLocks<MessageQueueKey> locks;
    private final ConsumerGroups consumers;

    public UnlockQueuesHandler(QueueLocks<MessageQueueKey> locks, ConsumerGroups consumers) {
        this.locks = locks;
        this.consumers = consumers;
    }

    @Override
    public void handle(Exchange exchange) {
        LockBatchBody asked = LockBatchBody.decode(exchange.request().body());
        Set<String> waiting = locks.unlock(asked.consumerGroup(), asked.clientId(), asked.queues());
        if (!waiting.isEmpty()) {
            consumers.queuesFreed(asked.consumerGroup(), waiting);
        }
        exchange.succeed(Fields.NONE);
    }
}
