package io.orbitmq.store.read;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.MessageStore.RecordSink;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadOutcome.Status;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.append.InnerBatch;
import io.orbitmq.store.index.EntryCursor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One walk over a queue's entries, handing out what matches within the limits. A record of several messages is handed out
 * once, whole, and the next read starts behind it. Used once, by one thread.
 */
final class QueueScan {

    private final long minPosition;
    private final ReadRequest request;
    private final RecordSource source;
    private final RecordSink sink;
    private int count;
    private int bytes;
    private int examined;
    private long lastPosition = -1;
    private long next;
    private boolean removed;
    private boolean needsDisk;

    QueueScan(long minPosition, ReadRequest request, RecordSource source, RecordSink sink) {
        this.minPosition = minPosition;
        this.request = request;
        this.source = source;
        this.sink = sink;
    }

    ReadOutcome run(EntryCursor entries, long min, long max) throws IOException {
        int maxCount = Math.max(1, request.maxCount());
        next = request.offset();
        boolean ended = false;
        while (count < maxCount && examined < Math.max(1, request.maxExamined())) {
            if (!entries.next()) {
                needsDisk = entries.needsDisk();
                ended = !needsDisk;
                break;
            }
            if (!take(entries)) {
                break;
            }
            examined++;
            next = Math.max(next, entries.offset() + 1);
        }
        return new ReadOutcome(status(), ended && count == 0 ? max : next, min, max, count, bytes);
    }

    /** False when the entry must wait for another read. */
    private boolean take(EntryCursor entry) throws IOException {
        long position = entry.position();
        if (!request.filter().mayMatch(entry.tagsCode()) || position == lastPosition) {
            return true;
        }
        if (position < minPosition) {
            removed = true;
            return true;
        }
        int size = entry.sizeBytes();
        if (count > 0 && bytes + size > request.maxBytes()) {
            return false;
        }
        if (!source.find(position, size)) {
            if (request.memoryOnly()) {
                needsDisk = true;
                return false;
            }
            if (!source.loadAhead(position, size)) {
                removed = true;
                return true;
            }
        }
        ByteBuffer record = source.record();
        if (request.filter().readsRecord() && !request.filter().matches(record)) {
            return true;
        }
        int messages = InnerBatch.messages(record, 0, MessageRecord.sysFlag(record, 0));
        if (count > 0 && count + messages > request.maxCount()) {
            return false;
        }
        next = MessageRecord.queueOffset(record, 0) + messages;
        sink.accept(record.rewind());
        lastPosition = position;
        count += messages;
        bytes += size;
        return true;
    }

    private Status status() {
        if (count > 0) {
            return Status.FOUND;
        }
        if (needsDisk) {
            return Status.NEEDS_DISK;
        }
        return removed ? Status.MESSAGE_WAS_REMOVING : Status.NO_MATCHED_MESSAGE;
    }
}
