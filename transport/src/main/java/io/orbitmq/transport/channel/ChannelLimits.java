package io.orbitmq.transport.channel;

import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import java.time.Duration;
import java.util.Objects;

/**
 * The bounds of one connection.
 *
 * @param serializeType how our headers are written, whatever the peer uses (protocol/01 section 4.1)
 * @param maxFrameBytes largest frame taken, its length field included
 * @param idleTimeout a connection without reads and writes for this long is closed
 * @param writeLowWaterBytes reading goes on once fewer unsent bytes wait
 * @param writeHighWaterBytes reading stops when more unsent bytes wait
 * @param maxInWorkBytes reading stops when requests of more bytes than this wait for their answers
 * @param maxUnsentBytes a connection with more unsent bytes than this is closed: its peer does not read
 * @param maxCalls most calls of ours that wait for an answer
 */
public record ChannelLimits(
        SerializeType serializeType,
        int maxFrameBytes,
        Duration idleTimeout,
        int writeLowWaterBytes,
        int writeHighWaterBytes,
        long maxInWorkBytes,
        long maxUnsentBytes,
        int maxCalls) {

    public ChannelLimits {
        Objects.requireNonNull(serializeType, "serializeType");
        check(
                maxFrameBytes >= Frames.PREFIX_BYTES && maxFrameBytes <= Frames.MAX_FRAME_BYTES,
                "maxFrameBytes must be " + Frames.PREFIX_BYTES + " to " + Frames.MAX_FRAME_BYTES,
                maxFrameBytes);
        check(idleTimeout.toMillis() > 0, "idleTimeout must be at least 1 ms", idleTimeout);
        check(writeLowWaterBytes > 0, "writeLowWaterBytes must be at least 1", writeLowWaterBytes);
        check(
                writeHighWaterBytes >= writeLowWaterBytes,
                "writeHighWaterBytes must be at least writeLowWaterBytes " + writeLowWaterBytes,
                writeHighWaterBytes);
        check(maxInWorkBytes > 0, "maxInWorkBytes must be at least 1", maxInWorkBytes);
        check(
                maxUnsentBytes >= writeHighWaterBytes,
                "maxUnsentBytes must be at least writeHighWaterBytes " + writeHighWaterBytes,
                maxUnsentBytes);
        check(maxCalls > 0, "maxCalls must be at least 1", maxCalls);
    }

    private static void check(boolean holds, String rule, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", found " + found);
        }
    }
}
