package io.orbitmq.broker.delay;

import java.time.Duration;

/**
 * How the topic of arbitrary delivery times is laid out in queues; part of the on-disk format.
 *
 * <pre>
 *   queue 0          what Apache RocketMQ left there; appended again, to the others, when its store is taken over
 *   queue 1 to 7     roll lanes: messages due later than the lane's age, in the order they came; at that age
 *                    each is appended again, nearer to its time
 *   queue 16 + n     buckets: messages due within minute m since 1970, n = m mod 4096
 * </pre>
 *
 * <p>A roll lane keeps a message at most a third of the log's retention, so that waiting messages never hold back the
 * removal of old segments for longer. Each lane has an age of its own for good: after a change of the retention new
 * messages take another lane and the old ones keep their order. Pure functions.
 */
final class TimerQueues {

    static final long BUCKET_MS = 60_000;
    /** The queue that Apache RocketMQ lets them wait in. */
    static final int FOREIGN = 0;

    static final int FIRST_LANE = 1;
    static final int FIRST_BUCKET = 16;
    static final int BUCKETS = 4096;

    /** Ages of the lanes from the first on, longest first; far fewer minutes than there are buckets. */
    private static final Duration[] LANE_AGES = {
        Duration.ofHours(24),
        Duration.ofHours(12),
        Duration.ofHours(6),
        Duration.ofHours(3),
        Duration.ofMinutes(90),
        Duration.ofMinutes(45),
        Duration.ofMinutes(20)
    };

    private static final int PARTS_OF_RETENTION = 3;

    private TimerQueues() {}

    static int lanes() {
        return LANE_AGES.length;
    }

    /** The lane for a log that keeps messages this long. */
    static int laneFor(Duration retention) {
        int lane = 0;
        while (lane < LANE_AGES.length - 1 && LANE_AGES[lane].compareTo(retention.dividedBy(PARTS_OF_RETENTION)) > 0) {
            lane++;
        }
        return FIRST_LANE + lane;
    }

    /** After how long a message of the lane is appended again. */
    static long ageMs(int laneQueueId) {
        return LANE_AGES[laneQueueId - FIRST_LANE].toMillis();
    }

    /**
     * Where a message waits.
     *
     * @param dueMs its time
     * @param storeMs when it is stored, at the latest
     */
    static int queueIdFor(long dueMs, long storeMs, Duration retention) {
        int lane = laneFor(retention);
        return dueMs - storeMs > ageMs(lane) ? lane : queueIdOf(bucketOf(dueMs));
    }

    /** Number of the minute. */
    static long bucketOf(long dueMs) {
        return Math.floorDiv(dueMs, BUCKET_MS);
    }

    static long startMs(long bucket) {
        return bucket * BUCKET_MS;
    }

    /** Last millisecond of the bucket. */
    static long lastMs(long bucket) {
        return startMs(bucket + 1) - 1;
    }

    static int queueIdOf(long bucket) {
        return FIRST_BUCKET + (int) Math.floorMod(bucket, (long) BUCKETS);
    }

    /** Whether messages that wait stand in this queue. */
    static boolean isOurs(int queueId) {
        return queueId >= FIRST_LANE && queueId < FIRST_LANE + LANE_AGES.length || isBucket(queueId);
    }

    static boolean isBucket(int queueId) {
        return queueId >= FIRST_BUCKET && queueId < FIRST_BUCKET + BUCKETS;
    }
}
