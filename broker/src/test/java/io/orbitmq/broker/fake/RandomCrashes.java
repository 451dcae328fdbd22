package io.orbitmq.broker.fake;

import io.orbitmq.testkit.disk.SimulatedCrash;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.util.Random;

/** Plays a life in turns, in some of which a machine loses power at one of its next writes. One thread. */
public final class RandomCrashes {

    private final SimulatedDisk disk;
    private final Random chance;
    private final int oneTurnIn;
    private final int mostSteps;
    private long crashStep = Long.MAX_VALUE;

    /** Something that writes. */
    public interface Turn {

        void play() throws IOException;
    }

    /**
     * @param oneTurnIn how many turns there are for one that plans a crash
     * @param mostSteps writes until it comes at the most, in this turn or a later one
     */
    public RandomCrashes(SimulatedDisk disk, Random chance, int oneTurnIn, int mostSteps) {
        this.disk = disk;
        this.chance = chance;
        this.oneTurnIn = oneTurnIn;
        this.mostSteps = mostSteps;
    }

    /** @param crash loses power and starts again; calls {@link #happened} */
    public void play(int turns, Turn turn, Turn crash) throws IOException {
        for (int i = 0; i < turns; i++) {
            try {
                if (chance.nextInt(oneTurnIn) == 0) {
                    crashStep = disk.steps() + 1 + chance.nextInt(mostSteps);
                    disk.crashAtStep(crashStep);
                }
                turn.play();
            } catch (SimulatedCrash e) {
                crash.play();
            }
            if (isPowerLost()) {
                crash.play();
            }
        }
    }

    /** Whether the power is gone, of which somebody may have caught what told of it. */
    public boolean isPowerLost() {
        return disk.steps() >= crashStep;
    }

    /** What was planned is over. */
    public void happened() {
        crashStep = Long.MAX_VALUE;
    }

    /** No more crashes. */
    public void end() {
        crashStep = Long.MAX_VALUE;
        disk.crashAtStep(Long.MAX_VALUE);
    }
}
