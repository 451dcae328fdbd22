package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.segment.Segment;
import io.orbitmq.testkit.disk.SimulatedCrash;
import java.io.IOException;
import java.util.List;

/** Removes segments in a life of a store, and counts how that went. */
final class SimulatedRetention {

    /** What a disk says whose faults are switched on, and nobody else. */
    private static final String DISK_FAULT = "(?s).*(Input/output error|No space left on device).*";

    private final SimulatedStore store;
    private final LogModel model;
    /** Times segments were removed. */
    long trims;
    /** Times the machine lost power meanwhile. */
    long crashes;
    /** Times the disk failed. */
    long failures;

    SimulatedRetention(SimulatedStore store, LogModel model) {
        this.store = store;
        this.model = model;
    }

    void run(int mostSegments) {
        long before = store.parts().log.minPosition();
        long wanted = positionAfterRemoving(mostSegments);
        model.trimming(wanted);
        try {
            int removed = store.parts().trimmer.removeBefore(store.parts().tail.endPosition(), mostSegments);
            assertThat(removed * store.segmentBytes).as("bytes removed").isEqualTo(wanted - before);
            assertThat(store.parts().log.minPosition()).as("begin of the log").isEqualTo(wanted);
            trims += removed > 0 ? 1 : 0;
        } catch (SimulatedCrash e) {
            crashes += wanted > before ? 1 : 0;
            throw e;
        } catch (IOException e) {
            // the scheduler would log it and try again later
            assertThat(e).hasMessageMatching(DISK_FAULT);
            failures++;
        }
    }

    /** Segments go that no restart needs, never the newest. */
    private long positionAfterRemoving(int mostSegments) {
        List<Segment> segments = store.parts().log.segments();
        long position = store.parts().log.minPosition();
        for (int i = 0; i < Math.min(mostSegments, segments.size() - 1); i++) {
            if (segments.get(i).endPosition() <= store.parts().trimmer.removableBefore()) {
                position = segments.get(i).endPosition();
            }
        }
        return position;
    }
}
