package io.orbitmq.broker;

import java.time.Duration;
import java.util.List;

/**
 * Delay levels (protocol/06 section 1).
 *
 * @param levels [messageDelayLevel] level n is element n - 1
 */
public record DelaySettings(List<Duration> levels) {

    public DelaySettings {
        levels = List.copyOf(levels);
        Check.range("number of messageDelayLevel", levels.size(), 1, 1000);
        for (Duration level : levels) {
            Check.positive("messageDelayLevel", level);
        }
    }

    /** 1s 5s 10s 30s, 1m to 10m, 20m 30m 1h 2h. */
    public static DelaySettings defaults() {
        return parse("1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h");
    }

    /** @throws IllegalArgumentException naming the part that is not a number followed by s, m, h or d */
    public static DelaySettings parse(String text) {
        return new DelaySettings(List.of(text.trim().split(" +")).stream()
                .map(DelaySettings::parseLevel)
                .toList());
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
