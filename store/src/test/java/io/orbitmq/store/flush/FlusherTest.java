package io.orbitmq.store.flush;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.ForwardingDisk;
import io.orbitmq.foundation.file.ForwardingDiskFile;
import io.orbitmq.store.MessageStore.DurabilityListener;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.store.segment.LogTail;
import io.orbitmq.store.segment.LogWriter;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.segment.SpaceAhead;
import io.orbitmq.store.segment.TailWindow;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the log is forced, and who is told by which force. */
final class FlusherTest {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration LONG_INTERVAL = Duration.ofHours(1);
    private static final int MOST_UNFORCED_BYTES = 64 << 20;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final long SEGMENT_BYTES = 128L << 20;
    private static final int WAITERS = 50;

    private final WatchedDisk disk = new WatchedDisk();
    private final SimulatedClock clock = new SimulatedClock();
    private final List<String> told = new ArrayList<>();
    private QueueIndex index;
    private LogTail tail;
    private Acknowledger acknowledger;
    private Flusher flusher;

    @AfterEach
    void closeIndex() throws IOException {
        index.close();
    }

    @Test
    void asyncFlushForcesWhatWasWrittenForTheIntervalAndNotBefore() throws IOException {
        open(FlushMode.ASYNC_FLUSH, INTERVAL);
        place(100);
        assertThat(flusher.runOnce()).isTrue();
        clock.advance(INTERVAL.minusMillis(1));
        place(100);
        assertThat(flusher.runOnce()).isTrue();
        assertThat(flusher.durablePosition()).isZero();
        assertThat(disk.forces).isZero();

        clock.advance(Duration.ofMillis(1));
        assertThat(flusher.runOnce()).isFalse();

        assertThat(flusher.durablePosition()).isEqualTo(200);
        assertThat(disk.forces).isEqualTo(1);
    }

    @Test
    void asyncFlushBeginsTheIntervalAnewWithEachForce() throws IOException {
        open(FlushMode.ASYNC_FLUSH, INTERVAL);
        place(100);
        clock.advance(INTERVAL);
        flusher.runOnce();
        place(100);
        clock.advance(INTERVAL.minusMillis(1));
        flusher.runOnce();
        assertThat(flusher.durablePosition()).isEqualTo(100);

        clock.advance(Duration.ofMillis(1));
        flusher.runOnce();

        assertThat(flusher.durablePosition()).isEqualTo(200);
        assertThat(disk.forces).isEqualTo(2);
    }

    @Test
    void asyncFlushForcesWhenMuchIsWrittenHoweverShortTheTime() throws IOException {
        open(FlushMode.ASYNC_FLUSH, LONG_INTERVAL);
        for (int placed = CHUNK_BYTES; placed < MOST_UNFORCED_BYTES; placed += CHUNK_BYTES) {
            place(CHUNK_BYTES);
        }
        place(CHUNK_BYTES - 1);
        assertThat(flusher.runOnce()).isTrue();
        assertThat(flusher.durablePosition()).isZero();

        place(1);
        assertThat(flusher.runOnce()).isFalse();

        assertThat(flusher.durablePosition()).isEqualTo(MOST_UNFORCED_BYTES);
        assertThat(disk.forces).isEqualTo(1);
    }

    @Test
    void asyncFlushTellsWhoWaitsBeforeItForces() throws IOException {
        open(FlushMode.ASYNC_FLUSH, INTERVAL);
        placeAndWait("message");
        assertThat(told).isEmpty();

        flusher.runOnce();

        assertThat(told).containsExactly("message");
        assertThat(disk.forces).isZero();
    }

    @Test
    void oneForceIsForAllWhoWaitAndTellsThemInOrder() throws IOException {
        open(FlushMode.SYNC_FLUSH, INTERVAL);
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            waiting.add("message " + i);
            placeAndWait(waiting.get(i));
        }
        disk.afterForce = () -> assertThat(told).isEmpty();

        assertThat(flusher.runOnce()).isFalse();

        assertThat(disk.forces).isEqualTo(1);
        assertThat(told).isEqualTo(waiting);
        assertThat(flusher.durablePosition()).isEqualTo(tail.endPosition());
    }

    @Test
    void whoComesDuringAForceIsToldByTheNextOne() throws IOException {
        open(FlushMode.SYNC_FLUSH, INTERVAL);
        placeAndWait("early");
        long early = tail.endPosition();
        disk.beforeForce = () -> {
            disk.beforeForce = () -> {};
            placeAndWait("late");
        };

        assertThat(flusher.runOnce()).isTrue();
        assertThat(told).containsExactly("early");
        assertThat(flusher.durablePosition()).isEqualTo(early);
        assertThat(disk.forces).isEqualTo(1);

        assertThat(flusher.runOnce()).isFalse();
        assertThat(told).containsExactly("early", "late");
        assertThat(disk.forces).isEqualTo(2);
    }

    @Test
    void anIdleSyncFlusherForcesNothing() throws IOException {
        open(FlushMode.SYNC_FLUSH, INTERVAL);
        place(100);
        flusher.runOnce();

        clock.advance(LONG_INTERVAL);
        assertThat(flusher.runOnce()).isFalse();

        assertThat(disk.forces).isEqualTo(1);
    }

    private void open(FlushMode mode, Duration interval) throws IOException {
        SegmentedLog log = SegmentedLog.open(disk, Path.of("/sim/log"), SEGMENT_BYTES);
        TailWindow window = new TailWindow(CHUNK_BYTES, 2);
        SpaceAhead space = new SpaceAhead(log, 0);
        LogWriter writer = new LogWriter(window, space, clock, 0);
        Fence fence = new Fence();
        index = QueueIndex.open(new SimulatedDisk(2), Path.of("/sim/queues"), 0, 0, 1 << 20);
        tail = new LogTail(log, window, space, writer, 0);
        acknowledger = new Acknowledger(index, new PendingArrivals(1), fence, 0);
        flusher = new Flusher(log, tail, writer, acknowledger, fence, new Flusher.Rhythm(mode, interval, clock));
        // creates the file, which forces it
        tail.reserve(1);
        disk.forces = 0;
    }

    private void place(int bytes) throws IOException {
        tail.reserve(bytes);
        tail.room(bytes);
        tail.commit(bytes);
    }

    private void placeAndWait(String name) throws IOException {
        place(100);
        acknowledger.whenSafe(tail.endPosition(), new DurabilityListener() {
            @Override
            public void durable() {
                told.add(name);
            }

            @Override
            public void lost(String reason) {
                told.add("lost " + name);
            }
        });
    }

    /** Counts forces of files. Keeps no bytes, as nobody reads them. */
    private static final class WatchedDisk extends ForwardingDisk {

        private int forces;
        private Step beforeForce = () -> {};
        private Step afterForce = () -> {};

        private WatchedDisk() {
            super(new SimulatedDisk(1));
        }

        @Override
        public DiskFile open(Path path) throws IOException {
            return new ForwardingDiskFile(super.open(path)) {
                @Override
                public void write(long position, ByteBuffer source) {
                    source.position(source.limit());
                }

                @Override
                public void setSize(long sizeBytes) {
                    // a file without bytes
                }

                @Override
                public void force(boolean metadata) throws IOException {
                    beforeForce.run();
                    super.force(metadata);
                    forces++;
                    afterForce.run();
                }
            };
        }
    }

    /** What the test does meanwhile. */
    private interface Step {

        void run() throws IOException;
    }
}
