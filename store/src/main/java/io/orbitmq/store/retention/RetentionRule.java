package io.orbitmq.store.retention;

import io.orbitmq.foundation.file.Disk;
import java.util.List;

/** Decides which segments go and whether appends are taken. Pure: the same situation gives the same decision. */
public final class RetentionRule {

    /** Most segments that go in one run, so that a run stays short. */
    static final int MAX_PER_RUN = 10;

    private static final double PERCENT = 100.0;

    private final RetentionSettings settings;

    public RetentionRule(RetentionSettings settings) {
        this.settings = settings;
    }

    /**
     * A segment of the log.
     *
     * @param startPosition first byte
     * @param endPosition one past its last byte
     * @param newestStoreTimestamp epoch ms that no message in it is younger than
     */
    public record Candidate(long startPosition, long endPosition, long newestStoreTimestamp) {}

    /**
     * What there is.
     *
     * @param segments oldest first; the last one is being written and never goes
     * @param releasablePosition everything before is in the checkpoint and the indexes' files
     * @param nowMs epoch milliseconds
     * @param space of the log's partition
     * @param requested someone asked for expired segments to go now
     * @param refusing appends are refused because of the disk
     */
    public record Situation(
            List<Candidate> segments,
            long releasablePosition,
            long nowMs,
            Disk.Space space,
            boolean requested,
            boolean refusing) {}

    /** Why segments go. */
    public enum Cause {
        NONE,
        EXPIRED,
        LOG_TOO_LARGE,
        DISK_NEARLY_FULL
    }

    /**
     * What to do.
     *
     * @param segments how many of the oldest segments go
     * @param cause why
     * @param refuseAppends whether appends are refused from now on
     */
    public record Decision(int segments, Cause cause, boolean refuseAppends) {}

    public Decision decide(Situation situation) {
        double used = situation.space().usedRatio() * PERCENT;
        boolean expiredGo = situation.requested()
                || used > settings.maxUsedPercent()
                || settings.deleteHours().contains(situation.nowMs());
        int expired = expiredGo ? countExpired(situation) : 0;
        int forced = settings.cleanForcibly() ? countForced(situation, used) : 0;
        boolean refuse =
                used > settings.refusePercent() || situation.refusing() && used > settings.cleanForciblyPercent();
        int oversize = settings.maxLogBytes() > 0 ? countOversize(situation) : 0;
        int count = Math.max(expired, Math.max(oversize, forced));
        return new Decision(count, causeOf(count, expired, oversize), refuse);
    }

    /** The mildest cause that takes so many. */
    private static Cause causeOf(int count, int expired, int oversize) {
        if (count == 0) {
            return Cause.NONE;
        }
        if (count == expired) {
            return Cause.EXPIRED;
        }
        return count == oversize ? Cause.LOG_TOO_LARGE : Cause.DISK_NEARLY_FULL;
    }

    private int countExpired(Situation situation) {
        long expiry = situation.nowMs() - settings.reserved().toMillis();
        int count = 0;
        while (count < removable(situation) && situation.segments().get(count).newestStoreTimestamp() < expiry) {
            count++;
        }
        return count;
    }

    /** As many as bring the log, from the oldest segment's start to the newest one's end, to its limit or below. */
    private int countOversize(Situation situation) {
        List<Candidate> segments = situation.segments();
        int count = 0;
        while (count < removable(situation)
                && segments.get(segments.size() - 1).endPosition()
                                - segments.get(count).startPosition()
                        > settings.maxLogBytes()) {
            count++;
        }
        return count;
    }

    /** As many as bring the disk back under the limit. */
    private int countForced(Situation situation, double usedPercent) {
        double used = usedPercent;
        int count = 0;
        while (used > settings.cleanForciblyPercent() && count < removable(situation)) {
            Candidate oldest = situation.segments().get(count++);
            used -= PERCENT
                    * (oldest.endPosition() - oldest.startPosition())
                    / situation.space().totalBytes();
        }
        return count;
    }

    private static int removable(Situation situation) {
        List<Candidate> segments = situation.segments();
        int count = 0;
        while (count < Math.min(MAX_PER_RUN, segments.size() - 1)
                && segments.get(count).endPosition() <= situation.releasablePosition()) {
            count++;
        }
        return count;
    }
}
