package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.queue.LockBatchBody;
import io.orbitmq.protocol.body.queue.LockedQueues;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;

/** LOCK_BATCH_MQ: a client asks for queues it wants to consume in order (protocol/07 section 9). */
public final class LockQueuesHandler implements RequestHandler {

    private final QueueLocks<MessageQueueKey> locks;

    public LockQueuesHandler(QueueLocks<MessageQueueKey> locks) {
        this.locks = locks;
    }

    @Override
    public void handle(Exchange exchange) {
        LockBatchBody asked = LockBatchBody.decode(exchange.request().body());
        LockedQueues held = new LockedQueues(locks.lock(asked.consumerGroup(), asked.clientId(), asked.queues()));
        exchange.answer(Command.response(
                exchange.request(), ResponseCode.SUCCESS, "", Fields.NONE, ByteBuffer.wrap(held.encode())));
    }
}
