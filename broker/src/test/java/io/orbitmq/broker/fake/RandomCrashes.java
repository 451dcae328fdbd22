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

    /** After a loss of power: in one of three cases the next one comes soon, perhaps while opening. */
    public void mayFollow() {
        if (chance.nextInt(3) == 0) {
            disk.crashAtStep(disk.steps() + 1 + chance.nextInt(20));
        }
    }

    /**
     * Opens, again as often as power is lost on the way.
     *
     * @param lost what each such loss takes; calls {@link #happened}
     */
    public void open(Turn opening, Runnable lost) throws IOException {
        while (true) {
            try {
                opening.play();
                return;
            } catch (SimulatedCrash e) {
                lost.run();
            }
        }
    }

    /** No more crashes. */
    public void end() {
        crashStep = Long.MAX_VALUE;
        disk.crashAtStep(Long.MAX_VALUE);
    }
}
