package io.orbitmq.broker;

import java.time.Duration;

/**
 * Reading and long polling (protocol/07 section 5).
 *
 * @param longPolling [longPollingEnable] hold a pull as long as the client asks, else {@code shortPollingTime}
 * @param shortPollingTime [shortPollingTimeMills]
 * @param maxHeldPulls most pulls held at once; over it a pull is answered "not found" at once
 * @param litePull [litePullMessageEnable]
 * @param propertyFilter [enablePropertyFilter] SQL92 subscriptions; on by default with us
 * @param serverSideReset [useServerSideResetOffset]
 * @param maxAnswerCount [maxTransferCountOnMessageInMemory]
 * @param maxAnswerBytes [maxTransferBytesOnMessageInMemory]
 */
public record PullSettings(
        boolean longPolling,
        Duration shortPollingTime,
        int maxHeldPulls,
        boolean litePull,
        boolean propertyFilter,
        boolean serverSideReset,
        int maxAnswerCount,
        int maxAnswerBytes) {

    public PullSettings {
        Check.positive("shortPollingTimeMills", shortPollingTime);
        Check.range("maxHeldPulls", maxHeldPulls, 0, Integer.MAX_VALUE);
        Check.range("maxTransferCountOnMessageInMemory", maxAnswerCount, 1, Integer.MAX_VALUE);
        Check.range("maxTransferBytesOnMessageInMemory", maxAnswerBytes, 1, 128 * 1024 * 1024);
    }

    public static PullSettings defaults() {
        return new PullSettings(true, Duration.ofSeconds(1), 1_000_000, true, true, true, 32, 256 * 1024);
    }

    public PullSettings withPropertyFilter(boolean changed) {
        return new PullSettings(
                longPolling,
                shortPollingTime,
                maxHeldPulls,
                litePull,
                changed,
                serverSideReset,
                maxAnswerCount,
                maxAnswerBytes);
    }
}
