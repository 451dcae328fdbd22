package io.orbitmq.transport.channel;

import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

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

    private static final int MIB = 1024 * 1024;

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

    /** What fits most servers; idle time as in protocol/01 section 11. */
    public static ChannelLimits defaults() {
        return new ChannelLimits(
                SerializeType.JSON,
                Frames.MAX_FRAME_BYTES,
                Duration.ofSeconds(120),
                MIB / 2,
                MIB,
                32L * MIB,
                64L * MIB,
                1024);
    }

    public ChannelLimits withSerializeType(SerializeType changed) {
        return with(copy -> copy.serializeType = changed);
    }

    public ChannelLimits withMaxFrameBytes(int changed) {
        return with(copy -> copy.maxFrameBytes = changed);
    }

    public ChannelLimits withIdleTimeout(Duration changed) {
        return with(copy -> copy.idleTimeout = changed);
    }

    public ChannelLimits withMaxCalls(int changed) {
        return with(copy -> copy.maxCalls = changed);
    }

    private ChannelLimits with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.finished();
    }

    /** These limits while some of them change. */
    private static final class Copy {

        private final ChannelLimits from;
        private SerializeType serializeType;
        private int maxFrameBytes;
        private Duration idleTimeout;
        private int maxCalls;

        Copy(ChannelLimits from) {
            this.from = from;
            serializeType = from.serializeType;
            maxFrameBytes = from.maxFrameBytes;
            idleTimeout = from.idleTimeout;
            maxCalls = from.maxCalls;
        }

        ChannelLimits finished() {
            return new ChannelLimits(
                    serializeType,
                    maxFrameBytes,
                    idleTimeout,
                    from.writeLowWaterBytes,
                    from.writeHighWaterBytes,
                    from.maxInWorkBytes,
                    from.maxUnsentBytes,
                    maxCalls);
        }
    }

    private static void check(boolean holds, String rule, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", found " + found);
        }
    }
}
