package io.orbitmq.store;

import java.nio.charset.StandardCharsets;

/**
 * One queue of one topic inside the store: a stable handle, looked up once and kept. Offsets count messages from 0.
 * Safe for any thread.
 */
public interface LogQueue {

    String topic();

    /** The topic's name in UTF-8; may be shared, not to be changed, or made for this call: keep it. */
    default byte[] topicUtf8() {
        return topic().getBytes(StandardCharsets.UTF_8);
    }

    int queueId();

    /** A small dense number, unique among the live queues of the store; for tables keyed by queue. */
    int index();

    /** The oldest offset still readable. */
    long minOffset();

    /** One past the newest visible offset: in SYNC_FLUSH only what is durable is visible. */
    long maxOffset();
}
