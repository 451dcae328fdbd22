package io.orbitmq.broker;

import java.time.Duration;

/**
 * Progress of consumers.
 *
 * @param commitInterval [flushConsumerOffsetInterval] how long an offset told by a pull or a one-way update may stay in
 *     memory only; ours is shorter than RocketMQ's five seconds because it is one record for all groups
 */
public record OffsetSettings(Duration commitInterval) {

    public OffsetSettings {
        Check.positive("flushConsumerOffsetInterval", commitInterval);
    }

    public static OffsetSettings defaults() {
        return new OffsetSettings(Duration.ofMillis(500));
    }
}
