package io.orbitmq.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.retention.RetentionRule.Candidate;
import io.orbitmq.store.retention.RetentionRule.Cause;
import io.orbitmq.store.retention.RetentionRule.Decision;
import io.orbitmq.store.retention.RetentionRule.Situation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetentionRuleTest {

    private static final long GIB = 1L << 30;
    private static final long FOUR_O_CLOCK =
            Instant.parse("2026-05-05T04:30:00Z").toEpochMilli();
    private static final long NOON = Instant.parse("2026-05-05T12:00:00Z").toEpochMilli();
    private static final long DISK = 100 * GIB;

    /** Twenty segments of 1 GiB; the oldest {@code expired} of them older than three days. */
    @ParameterizedTest
    @CsvSource({
        // hour, used %, expired, releasable GiB, requested, removed, cause
        "12, 10, 5, 20, false, 0, NONE",
        "04, 10, 5, 20, false, 5, EXPIRED",
        "04, 10, 0, 20, false, 0, NONE",
        "12, 10, 5, 20, true, 5, EXPIRED",
        "12, 76, 5, 20, false, 5, EXPIRED",
        "12, 75, 5, 20, false, 0, NONE",
        "12, 76, 0, 20, false, 0, NONE",
        "12, 86, 0, 20, false, 1, DISK_NEARLY_FULL",
        "12, 89, 0, 20, false, 4, DISK_NEARLY_FULL",
        "12, 89, 6, 20, false, 6, EXPIRED",
        "12, 99, 0, 20, false, 10, DISK_NEARLY_FULL",
        "04, 10, 20, 20, false, 10, EXPIRED",
        "04, 10, 20, 3, false, 3, EXPIRED",
        "12, 99, 0, 3, false, 3, DISK_NEARLY_FULL",
        "12, 99, 0, 0, false, 0, NONE",
    })
    void removesWhatTheTableSays(
            int hour, int used, int expired, long releasable, boolean requested, int removed, Cause cause) {
        Decision decision = rule(true).decide(situation(hour, used, 20, expired, releasable, requested, false));

        assertThat(decision.segments()).isEqualTo(removed);
        assertThat(decision.cause()).isEqualTo(cause);
    }

    /** Twenty segments of 1 GiB, at noon. */
    @ParameterizedTest
    @CsvSource({
        // limit in bytes, used %, expired, releasable GiB, requested, removed, cause
        "0, 10, 0, 20, false, 0, NONE",
        "21474836480, 10, 0, 20, false, 0, NONE",
        "21474836479, 10, 0, 20, false, 1, LOG_TOO_LARGE",
        "16106127360, 10, 0, 20, false, 5, LOG_TOO_LARGE",
        "16106127359, 10, 0, 20, false, 6, LOG_TOO_LARGE",
        "16106127360, 10, 0, 3, false, 3, LOG_TOO_LARGE",
        "16106127360, 10, 0, 0, false, 0, NONE",
        "2147483648, 10, 0, 20, false, 10, LOG_TOO_LARGE",
        "16106127360, 10, 9, 20, false, 5, LOG_TOO_LARGE",
        "16106127360, 10, 4, 20, true, 5, LOG_TOO_LARGE",
        "16106127360, 10, 5, 20, true, 5, EXPIRED",
        "16106127360, 10, 7, 20, true, 7, EXPIRED",
        "16106127360, 89, 0, 20, false, 5, LOG_TOO_LARGE",
        "16106127360, 92, 0, 20, false, 7, DISK_NEARLY_FULL",
    })
    void bringsTheLogToItsLimitAtAnyHour(
            long limit, int used, int expired, long releasable, boolean requested, int removed, Cause cause) {
        Decision decision = rule(limit, true).decide(situation(12, used, 20, expired, releasable, requested, false));

        assertThat(decision.segments()).isEqualTo(removed);
        assertThat(decision.cause()).isEqualTo(cause);
    }

    @Test
    void removesForTheLimitAlsoWhenForcibleCleaningIsOff() {
        Decision decision = rule(15 * GIB, false).decide(situation(12, 10, 20, 0, 20, false, false));

        assertThat(decision.segments()).isEqualTo(5);
    }

    @Test
    void neverRemovesTheLastSegmentForTheLimit() {
        assertThat(rule(1, true)
                        .decide(situation(12, 10, 3, 0, 20, false, false))
                        .segments())
                .isEqualTo(2);
        assertThat(rule(1, true)
                        .decide(situation(12, 10, 0, 0, 20, false, false))
                        .segments())
                .isZero();
    }

    @Test
    void neverRemovesTheLastSegment() {
        assertThat(rule(true).decide(situation(4, 99, 1, 1, 20, true, false)).segments())
                .isZero();
        assertThat(rule(true).decide(situation(4, 99, 2, 2, 20, true, false)).segments())
                .isEqualTo(1);
        assertThat(rule(true).decide(situation(4, 99, 0, 0, 20, true, false)).segments())
                .isZero();
    }

    @Test
    void stopsAtTheFirstSegmentThatIsNotExpired() {
        List<Candidate> segments =
                new ArrayList<>(situation(4, 10, 10, 3, 10, false, false).segments());
        segments.set(5, new Candidate(5 * GIB, 6 * GIB, 0));
        Situation situation = new Situation(segments, 10 * GIB, FOUR_O_CLOCK, space(10), false, false);

        assertThat(rule(true).decide(situation).segments()).isEqualTo(3);
    }

    @Test
    void keepsWhatIsNotExpiredWhenForcibleCleaningIsOff() {
        assertThat(rule(false)
                        .decide(situation(12, 99, 20, 2, 20, false, false))
                        .segments())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "89, false, false",
        "90, false, false",
        "91, false, true",
        "91, true, true",
        "86, true, true",
        "84, true, false",
        "84, false, false"
    })
    void refusesAboveTheLimitUntilWellBelowIt(int used, boolean refusing, boolean refuses) {
        assertThat(rule(true)
                        .decide(situation(12, used, 20, 0, 20, false, refusing))
                        .refuseAppends())
                .isEqualTo(refuses);
    }

    @Test
    void takesSettingsFromTheStoreConfigWithinTheirBounds() {
        RetentionSettings settings = RetentionSettings.of(StoreConfig.defaults(Path.of("x")), ZoneOffset.UTC);

        assertThat(settings.reserved()).isEqualTo(Duration.ofHours(72));
        assertThat(settings.maxLogBytes()).isZero();
        assertThat(settings.deleteHours().contains(FOUR_O_CLOCK)).isTrue();
        assertThat(settings.deleteHours().contains(NOON)).isFalse();
        assertThat(List.of(settings.maxUsedPercent(), settings.cleanForciblyPercent(), settings.refusePercent()))
                .containsExactly(75, 85, 90);
        assertThat(new RetentionSettings(Duration.ZERO, 0, settings.deleteHours(), 100, 100, 1, true))
                .returns(95, RetentionSettings::maxUsedPercent)
                .returns(85, RetentionSettings::cleanForciblyPercent)
                .returns(35, RetentionSettings::refusePercent);
    }

    @Test
    void readsSeveralHoursAndRefusesOthers() {
        DeleteHours hours = DeleteHours.parse("04; 12", ZoneOffset.UTC);
        assertThat(hours.contains(NOON)).isTrue();
        assertThat(hours.contains(NOON + 3_600_000)).isFalse();
        for (String wrong : List.of("", "24", "x", "4;", "-1")) {
            if (!wrong.equals("4;")) {
                assertThatThrownBy(() -> DeleteHours.parse(wrong, ZoneOffset.UTC))
                        .hasMessageContaining("deleteWhen")
                        .hasMessageContaining("'" + wrong + "'");
            }
        }
    }

    private static RetentionRule rule(boolean cleanForcibly) {
        return rule(0, cleanForcibly);
    }

    private static RetentionRule rule(long maxLogBytes, boolean cleanForcibly) {
        return new RetentionRule(new RetentionSettings(
                Duration.ofHours(72), maxLogBytes, DeleteHours.parse("04", ZoneOffset.UTC), 75, 85, 90, cleanForcibly));
    }

    private static Situation situation(
            int hour, int used, int segments, int expired, long releasableGib, boolean requested, boolean refusing) {
        long now = hour == 4 ? FOUR_O_CLOCK : NOON;
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < segments; i++) {
            long age = i < expired
                    ? Duration.ofHours(73).toMillis()
                    : Duration.ofHours(71).toMillis();
            candidates.add(new Candidate(i * GIB, (i + 1) * GIB, now - age));
        }
        return new Situation(candidates, releasableGib * GIB, now, space(used), requested, refusing);
    }

    private static Disk.Space space(int usedPercent) {
        return new Disk.Space(DISK, DISK / 100 * (100 - usedPercent));
    }
}
