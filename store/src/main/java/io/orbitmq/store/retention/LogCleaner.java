package io.orbitmq.store.retention;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.schedule.RecurringFailure;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.retention.RetentionRule.Candidate;
import io.orbitmq.store.retention.RetentionRule.Decision;
import io.orbitmq.store.retention.RetentionRule.Situation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes old segments and watches the disk: every ten seconds on the scheduler's thread, and when an admin asks. One run
 * at a time. A run that fails is logged; the next one tries again.
 */
public final class LogCleaner {

    private static final Logger LOG = LoggerFactory.getLogger(LogCleaner.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final double PERCENT = 100.0;

    private final RetainedLog log;
    private final Ballast ballast;
    private final RetentionRule rule;
    private final RetentionSettings settings;
    private final Clock clock;
    private final RecurringFailure failure;

    public LogCleaner(RetainedLog log, Ballast ballast, RetentionSettings settings, Clock clock) {
        this.log = log;
        this.ballast = ballast;
        this.rule = new RetentionRule(settings);
        this.settings = settings;
        this.clock = clock;
        this.failure = new RecurringFailure(LOG, clock, "log-cleaning", "tried again every ten seconds");
    }

    /** Begins to clean now and then. */
    public Scheduler.Scheduled start(Scheduler scheduler) {
        return scheduler.every(INTERVAL, INTERVAL, this::runQuietly);
    }

    /**
     * Removes expired segments whatever the hour.
     *
     * @return how many were removed
     */
    public synchronized int removeExpired() throws IOException {
        int removed = 0;
        int last;
        do {
            last = run(true);
            removed += last;
        } while (last == RetentionRule.MAX_PER_RUN);
        return removed;
    }

    /** One run; returns how many segments were removed. */
    synchronized int run(boolean requested) throws IOException {
        List<Candidate> segments = log.oldestSegments(RetentionRule.MAX_PER_RUN);
        Disk.Space space = log.space();
        Decision decision = rule.decide(new Situation(
                segments, log.releasablePosition(), clock.epochMs(), space, requested, log.isRefusingAppends()));
        admit(decision.refuseAppends(), space);
        int removed = decision.segments() == 0 ? 0 : remove(segments.get(decision.segments() - 1), decision, space);
        if (!log.isRefusingAppends()) {
            ballast.hold();
        }
        return removed;
    }

    private int remove(Candidate last, Decision decision, Disk.Space space) throws IOException {
        int removed = removeBefore(last.endPosition());
        LOG.info(
                "event=log-trimmed cause={} segments={} minPosition={} usedPercent={}",
                decision.cause(),
                removed,
                last.endPosition(),
                percent(space));
        return removed;
    }

    /** What goes is written down first, for which the disk may not have the room. */
    private int removeBefore(long position) throws IOException {
        try {
            return log.removeBefore(position);
        } catch (IOException e) {
            if (!ballast.release()) {
                throw e;
            }
            LOG.warn("event=ballast-released directory={} cause=\"{}\"", log.directory(), e.getMessage());
            return log.removeBefore(position);
        }
    }

    private void runQuietly() {
        try {
            run(false);
            failure.worked();
        } catch (IOException e) {
            failure.failed(e);
        }
    }

    private void admit(boolean refuse, Disk.Space space) {
        if (refuse && !log.isRefusingAppends()) {
            String text = String.format(
                    Locale.ROOT,
                    "The disk of %s is %s %% full (%d MiB left), messages are refused above %d %% and taken again at"
                            + " %d %%: free space there, or lower fileReservedTime.",
                    log.directory(),
                    percent(space),
                    space.usableBytes() >> 20,
                    settings.refusePercent(),
                    settings.cleanForciblyPercent());
            LOG.error("event=disk-full text=\"{}\"", text);
            log.refuseAppends(text);
        } else if (!refuse && log.isRefusingAppends()) {
            LOG.info("event=disk-recovered directory={} usedPercent={}", log.directory(), percent(space));
            log.takeAppends();
        }
    }

    private static String percent(Disk.Space space) {
        return String.format(Locale.ROOT, "%.1f", space.usedRatio() * PERCENT);
    }
}
