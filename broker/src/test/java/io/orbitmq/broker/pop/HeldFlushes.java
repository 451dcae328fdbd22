package io.orbitmq.broker.pop;

import io.orbitmq.broker.fake.RandomCrashes;
import java.util.ArrayList;
import java.util.List;

/** Flushes of a simulated life, held now and then, and what becomes certain with the next one. One thread. */
final class HeldFlushes {

    private final PopWorld world;
    private final RandomCrashes crashes;
    /** What is true once what was appended is safe. */
    private final List<Runnable> onceSafe = new ArrayList<>();

    private boolean held;

    HeldFlushes(PopWorld world, RandomCrashes crashes) {
        this.world = world;
        this.crashes = crashes;
    }

    /** {@code then} runs once what was appended until now is safe. */
    void onceSafe(Runnable then) {
        onceSafe.add(then);
    }

    /** Flushes, unless that is held or the power is gone. */
    void settle() {
        // after the loss of power somebody may have caught what told of it
        if (!held && !crashes.isPowerLost()) {
            world.store.endTurn();
            if (!crashes.isPowerLost()) {
                onceSafe.forEach(Runnable::run);
                onceSafe.clear();
            }
        }
    }

    /** Begins to hold flushes, or ends it. */
    void change() {
        if (held) {
            release();
        } else {
            settle();
            held = true;
            world.store.hold(true);
        }
    }

    void release() {
        held = false;
        world.store.hold(false);
        settle();
    }

    /** Before a stop in order. */
    void releaseIfHeld() {
        if (held) {
            release();
        }
    }

    /** What was to become certain never does. */
    void forget() {
        onceSafe.clear();
    }

    /** The power is gone, and with it whatever was held. */
    void powerLost() {
        held = false;
        forget();
    }
}
