package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;

/** A topic's name as records hold it: UTF-8. Any thread. */
public interface TopicBytes {

    /** Most bytes behind the name that {@link #writeTo} may spoil. */
    int MOST_SPOILT = Long.BYTES;

    /** Bytes of the name. */
    int topicLength();

    /**
     * Writes the name at the position and moves that behind the name. It may spoil up to {@link #MOST_SPOILT} bytes
     * further on, which the target must have: in a record more than that follow, and are written later.
     */
    void writeTo(ByteBuffer target);

    /** The name in an array. */
    static TopicBytes of(byte[] utf8) {
        return new TopicBytes() {
            @Override
            public int topicLength() {
                return utf8.length;
            }

            @Override
            public void writeTo(ByteBuffer target) {
                target.put(utf8);
            }
        };
    }
}
