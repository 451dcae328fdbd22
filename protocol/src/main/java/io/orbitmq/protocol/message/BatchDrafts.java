package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;

/**
 * The messages of a batch on their way into the log: their bytes stay where they were received, and one draft shows one
 * message after another. One thread.
 */
public final class BatchDrafts implements DraftRun {

    private final MessageBatch batch;
    private final ByteBuffer body;
    private final ByteBuffer properties;
    private MessageDraft current;

    /** @param common what all messages share; its flag, body and properties are not looked at */
    public BatchDrafts(MessageBatch batch, MessageDraft common) {
        this.batch = batch;
        this.body = batch.bytes().duplicate();
        this.properties = batch.bytes().duplicate();
        this.current = common.with(batch.flag(0), body, properties);
    }

    @Override
    public int size() {
        return batch.size();
    }

    @Override
    public MessageDraft draft(int index) {
        int bodyAt = batch.bodyPosition(index);
        int bodyEnd = bodyAt + batch.bodyLength(index);
        body.limit(bodyEnd).position(bodyAt);
        properties.limit(batch.end(index)).position(bodyEnd + Short.BYTES);
        int flag = batch.flag(index);
        if (flag != current.flag()) {
            current = current.with(flag, body, properties);
        }
        return current;
    }
}
