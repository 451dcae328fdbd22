package io.orbitmq.testkit;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * Random numbers decided by a seed, for lives whose seeds follow each other. A plain {@link Random} gives such seeds nearly
 * the same first number, so that what is chosen first is the same in thousands of lives.
 */
public final class Dice {

    private Dice() {}

    /** The same numbers for the same seed. */
    public static Random of(long seed) {
        return of(seed, 0);
    }

    /** @param stream from 0 on; streams of one seed have nothing to do with each other */
    public static Random of(long seed, int stream) {
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int i = 0; i < stream; i++) {
            seeds.nextLong();
        }
        return new Random(seeds.nextLong());
    }
}
