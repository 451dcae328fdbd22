package io.orbitmq.broker;

import java.time.Duration;
import java.util.List;

/**
 * Messages that are delivered later (protocol/06 sections 1 to 3).
 *
 * @param levels [messageDelayLevel] level n is element n - 1
 * @param timers [timerWheelEnable] whether messages may name any delivery time
 * @param maxDelay [timerMaxDelaySec] how far away that time may be; ours is 40 days, RocketMQ's 3
 * @param recall [recallMessageEnable] whether a waiting message may be taken back; ours is true
 */
public record DelaySettings(List<Duration> levels, boolean timers, Duration maxDelay, boolean recall) {

    private static final String DEFAULT_LEVELS = "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h";
    private static final Duration DEFAULT_MAX_DELAY = Duration.ofDays(40);
    private static final int MAX_LEVELS = 1000;

    public DelaySettings {
        levels = List.copyOf(levels);
        Check.range("number of messageDelayLevel", levels.size(), 1, MAX_LEVELS);
        for (Duration level : levels) {
            Check.positive("messageDelayLevel", level);
        }
        Check.positive("timerMaxDelaySec", maxDelay);
    }

    /** 1s 5s 10s 30s, 1m to 10m, 20m 30m 1h 2h; any time up to 40 days. */
    public static DelaySettings defaults() {
        return parse(DEFAULT_LEVELS);
    }

    /**
     * The defaults with these levels.
     *
     * @throws IllegalArgumentException naming the part that is not a number followed by s, m, h or d
     */
    public static DelaySettings parse(String text) {
        List<Duration> levels = List.of(text.trim().split(" +")).stream()
                .map(DelaySettings::parseLevel)
                .toList();
        return new DelaySettings(levels, true, DEFAULT_MAX_DELAY, true);
    }

    public DelaySettings withTimers(boolean changed) {
        return new DelaySettings(levels, changed, maxDelay, recall);
    }

    public DelaySettings withMaxDelay(Duration changed) {
        return new DelaySettings(levels, timers, changed, recall);
    }

    public DelaySettings withRecall(boolean changed) {
        return new DelaySettings(levels, timers, maxDelay, changed);
    }

    /** The level a message waits in: 0 for none, the highest for anything above it. */
    public int clamp(int asked) {
        return Math.max(0, Math.min(asked, levels.size()));
    }

    /** How long level {@code level}, from 1, waits. */
    public Duration ofLevel(int level) {
        return levels.get(level - 1);
    }

    private static Duration parseLevel(String text) {
        try {
            long count = Long.parseLong(text.substring(0, Math.max(0, text.length() - 1)));
            return switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                case 'd' -> Duration.ofDays(count);
                default -> throw new NumberFormatException(text);
            };
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "messageDelayLevel must be a list like '1s 5s 1m 2h', found the part '" + text
                            + "'; write a number followed by s, m, h or d",
                    e);
        }
    }
}
