package io.orbitmq.broker.pop;

import io.orbitmq.protocol.header.pop.PopRequestHeader;
import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;

/** Where a group goes on in a queue (protocol/08 section 2.5). Safe for any thread. */
final class PopStart {

    private static final ReadRequest FIRST_MESSAGE = new ReadRequest(0, 1, 1, 1, ReadRequest.RecordFilter.ALL, true);

    private final PopParts parts;

    PopStart(PopParts parts) {
        this.parts = parts;
    }

    /** The place to read from, which becomes the group's offset when it was not before. The caller has the queue's turn. */
    long take(String group, LogQueue queue, int initMode) {
        String topic = queue.topic();
        int queueId = queue.queueId();
        long reset = parts.offsets().takeReset(group, topic, queueId);
        long stored = reset >= 0 ? reset : parts.offsets().offset(group, topic, queueId);
        if (stored < 0) {
            long initial = initial(group, queue, initMode);
            // at once in the log: decided again later it might pass over what has arrived since
            parts.offsets().update(group, topic, queueId, initial);
            return initial;
        }
        long corrected = Math.max(queue.minOffset(), Math.min(queue.maxOffset(), stored));
        if (corrected != stored) {
            parts.offsets().commit(group, topic, queueId, corrected);
        }
        return corrected;
    }

    /** The same without changing anything; a group without offset starts at the oldest message. */
    long look(String group, LogQueue queue) {
        long stored = parts.offsets().offset(group, queue.topic(), queue.queueId());
        return Math.max(queue.minOffset(), Math.min(queue.maxOffset(), stored));
    }

    private long initial(String group, LogQueue queue, int initMode) {
        boolean retry = PopRetryTopic.flagOf(group, queue.topic()) != ReceiptHandle.NORMAL_TOPIC;
        if (retry || initMode != PopRequestHeader.FROM_MAX) {
            return queue.minOffset();
        }
        boolean young = parts.config().get().pops().startByYouth()
                && queue.minOffset() <= 0
                && parts.store().read(queue, FIRST_MESSAGE, record -> {}).status() == ReadOutcome.Status.FOUND;
        return young ? 0 : Math.max(0, queue.maxOffset() - 1);
    }
}
