package io.orbitmq.broker.traffic;

/**
 * What a series had counted at the places of {@link SampleTimes}. A ring without a sample takes no memory: all of it is
 * zero. Guarded by the series' lock.
 */
final class Samples {

    /** Of each ring: the counts, then the bytes; null as long as there was no sample for it. */
    private final long[][] rings = new long[SampleTimes.RINGS][];

    void take(SampleTimes times, long count, long bytes) {
        for (int place = 0; place < SampleTimes.PLACES; place++) {
            if (times.isWritten(place)) {
                put(place, count, bytes);
            }
        }
    }

    long count(int place) {
        long[] ring = rings[SampleTimes.ringOf(place)];
        return ring == null ? 0 : ring[SampleTimes.placeInRing(place)];
    }

    long bytes(int place) {
        long[] ring = rings[SampleTimes.ringOf(place)];
        return ring == null ? 0 : ring[ring.length / 2 + SampleTimes.placeInRing(place)];
    }

    private void put(int place, long count, long bytes) {
        int which = SampleTimes.ringOf(place);
        if (rings[which] == null) {
            rings[which] = new long[2 * SampleTimes.ringLength(which)];
        }
        long[] ring = rings[which];
        ring[SampleTimes.placeInRing(place)] = count;
        ring[ring.length / 2 + SampleTimes.placeInRing(place)] = bytes;
    }
}
