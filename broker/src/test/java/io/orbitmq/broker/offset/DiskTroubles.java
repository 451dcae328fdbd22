package io.orbitmq.broker.offset;

import io.orbitmq.testkit.disk.SimulatedDisk;
import java.util.Random;

/** Faults of a disk that chance chooses: full, read-only, or one write or force that fails. One thread. */
final class DiskTroubles {

    private final SimulatedDisk disk;
    private final Random chance;
    private boolean on;

    DiskTroubles(SimulatedDisk disk, Random chance) {
        this.disk = disk;
        this.chance = chance;
    }

    /** Whether the store may refuse, unless it is fenced. */
    boolean isOn() {
        return on;
    }

    void begin() {
        on = true;
        switch (chance.nextInt(5)) {
            case 0 -> disk.failNextWrites(1);
            case 1 -> disk.failNextForces(1);
            case 2 -> disk.setReadOnly(true);
            default -> disk.setCapacity(disk.usedBytes());
        }
    }

    /** The disk is well again; the store notices by itself before long, or stays fenced. */
    void heal() {
        disk.setCapacity(Long.MAX_VALUE);
        disk.setReadOnly(false);
        disk.failNextWrites(0);
        disk.failNextForces(0);
    }

    /** The store has noticed. */
    void end() {
        on = false;
    }
}
