package io.orbitmq.broker.traffic;

import java.util.Arrays;

/**
 * When the samples of all series were taken. A sample falls every ten seconds; six of those are kept, six that are ten
 * minutes apart and twenty-four that are an hour apart, each kind in a ring of its own:
 *
 * <pre>
 * place  0..5   every 10 s
 * place  6..11  every 10 min
 * place 12..35  every hour
 * </pre>
 *
 * Before the first sample every place stands for the start, when all counts were zero; so does a series that is younger
 * than a sample. Written by the sampler's thread, read by any under the meter's lock.
 */
final class SampleTimes {

    static final int PLACES = 36;
    static final int RINGS = 3;

    private static final int RING = 6;
    private static final int TEN_MINUTES = 60;
    private static final int HOUR = 360;
    private static final int HOURS = 24;
    private static final int MINUTE_RING = RING;
    private static final int HOUR_RING = 2 * RING;

    private final long[] takenAtMs = new long[PLACES];
    private int taken;

    SampleTimes(long startMs) {
        Arrays.fill(takenAtMs, startMs);
    }

    /** The ring that has the place. */
    static int ringOf(int place) {
        return Math.min(place / RING, RINGS - 1);
    }

    static int ringLength(int ring) {
        return ring < RINGS - 1 ? RING : HOURS;
    }

    static int placeInRing(int place) {
        return place - RING * ringOf(place);
    }

    /** Begins the next sample; afterwards {@link #isWritten} says which places it goes to. */
    synchronized void next(long nowMs) {
        taken++;
        for (int place = 0; place < PLACES; place++) {
            if (isWritten(place)) {
                takenAtMs[place] = nowMs;
            }
        }
    }

    /** Whether the sample under way goes to {@code place}. */
    synchronized boolean isWritten(int place) {
        if (place < MINUTE_RING) {
            return place == taken % RING;
        }
        if (place < HOUR_RING) {
            return taken % TEN_MINUTES == 0 && place == MINUTE_RING + taken / TEN_MINUTES % RING;
        }
        return taken % HOUR == 0 && place == HOUR_RING + taken / HOUR % HOURS;
    }

    /** The place whose sample a span is measured from. */
    synchronized int placeFor(Span span) {
        return switch (span) {
            case TEN_SECONDS -> Math.floorMod(taken - 1, RING);
            case MINUTE -> (taken + 1) % RING;
            case TEN_MINUTES -> MINUTE_RING + Math.floorMod(taken / TEN_MINUTES - 1, RING);
            case HOUR -> MINUTE_RING + (taken / TEN_MINUTES + 1) % RING;
            case DAY -> HOUR_RING + (taken / HOUR + 1) % HOURS;
        };
    }

    synchronized long takenAtMs(int place) {
        return takenAtMs[place];
    }
}
