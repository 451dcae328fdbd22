package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedCrash;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Acknowledged records behind the newest checkpoint, one of which the disk damaged: what becomes of them at a start. */
final class CutTailTest {

    private static final int SEGMENT_BYTES = 4096;
    private static final Path CUT = SimulatedStore.ROOT.resolve("orbitmq/cut");
    private static final int DAMAGED = 3;
    private static final int RECORDS = 40;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("io.orbitmq.store.recovery.TailRepair");
    private SimulatedDisk disk;
    private SimulatedStore store;

    @BeforeEach
    void listen() {
        use(new SimulatedDisk(9));
        log.setLevel(Level.WARN);
        log.setAdditive(false);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
        log.setAdditive(true);
        log.setLevel(null);
    }

    @Test
    void theBytesAreKeptInAFileThatTheLogNames() throws IOException {
        Damaged damaged = damageAcknowledgedRecord();

        store.open();

        assertThat(store.bodies(store.queue("TopicA", 0))).isEqualTo(bodies(DAMAGED));
        Path file = CUT.resolve("00000001-" + String.format("%020d", damaged.position()));
        assertThat(disk.list(CUT)).containsExactly(file);
        assertThat(disk.bytes(file)).isEqualTo(damaged.bytes());
        assertThat(texts())
                .singleElement()
                .asString()
                .contains(
                        "event=torn-tail-cut position=" + damaged.position(),
                        " bytes=" + damaged.bytes().length,
                        " whole-records-behind-the-tear=" + (RECORDS - DAMAGED - 1),
                        " saved=" + file,
                        "perhaps acknowledged");
    }

    @Test
    void theBytesAreKeptWhereverTheStartIsKilled() throws IOException {
        boolean finished = false;
        for (int step = 1; !finished; step++) {
            use(new SimulatedDisk(step));
            Damaged damaged = damageAcknowledgedRecord();
            disk.crashAtStep(disk.steps() + step);
            finished = opens();
            disk.crash();

            store.open();

            assertThat(disk.list(CUT))
                    .as("killed at step %d", step)
                    .anyMatch(file -> Arrays.equals(disk.bytes(file), damaged.bytes()));
            assertThat(store.bodies(store.queue("TopicA", 0))).isEqualTo(bodies(DAMAGED));
        }
    }

    @Test
    void theStoreOpensWhenTheBytesCannotBeWritten() throws IOException {
        damageAcknowledgedRecord();
        disk.failNextWrites(1);

        assertOpensWithoutSaving();
    }

    @Test
    void theStoreOpensWhenTheBytesCannotBeForced() throws IOException {
        damageAcknowledgedRecord();
        disk.failNextForces(1);

        assertOpensWithoutSaving();
    }

    @Test
    void theStoreOpensWhenTheDiskHasNoRoomForThemBesidesWhatItNeeds() throws IOException {
        Damaged damaged = damageAcknowledgedRecord();
        disk.setCapacity(disk.usedBytes() + 3L * damaged.bytes().length);

        assertOpensWithoutSaving();
    }

    @Test
    void theNewestFourAreKept() throws IOException {
        List<Path> saved = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            damageAcknowledgedRecord();
            store.open();
            List<Path> files = disk.list(CUT);
            saved.add(files.get(files.size() - 1));
            disk.killProcess();
        }

        assertThat(saved).doesNotHaveDuplicates().isSorted();
        assertThat(disk.list(CUT)).isEqualTo(saved.subList(2, 6));
    }

    @Test
    void nothingIsCutOffAStoreThatWasClosedInOrder() throws IOException {
        store.open();
        Appended last = append("last");
        store.store().close();
        disk.flipBit(store.segment(0), last.endPosition() + 100, 3);

        store.open();

        assertThat(texts()).isEmpty();
        assertThat(disk.list(CUT)).isEmpty();
    }

    private void assertOpensWithoutSaving() throws IOException {
        store.open();

        assertThat(store.bodies(store.queue("TopicA", 0))).isEqualTo(bodies(DAMAGED));
        assertThat(disk.list(CUT)).isEmpty();
        assertThat(texts()).singleElement().asString().contains("event=torn-tail-cut", " saved=nowhere ");
    }

    /** What is in the log from the damaged record on. */
    private record Damaged(long position, byte[] bytes) {}

    /** Acknowledges records over several segments, none of them in a checkpoint, kills, and damages one of them. */
    private Damaged damageAcknowledgedRecord() throws IOException {
        store.open();
        store.advance(Duration.ofMillis(150));
        List<Appended> appended = new ArrayList<>();
        for (String body : bodies(RECORDS)) {
            appended.add(append(body));
        }
        long end = appended.get(RECORDS - 1).endPosition();
        assertThat(store.parts().acknowledger.safePosition()).isEqualTo(end);
        disk.crash();
        long position = appended.get(DAMAGED).position();
        assertThat(end - position).isGreaterThan(2 * SEGMENT_BYTES);
        disk.flipBit(segmentOf(position), position % SEGMENT_BYTES + 120, 5);
        return new Damaged(position, logBytes(position, end));
    }

    private byte[] logBytes(long from, long to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long at = from; at < to; at += SEGMENT_BYTES - at % SEGMENT_BYTES) {
            int start = (int) (at % SEGMENT_BYTES);
            int end = (int) Math.min(SEGMENT_BYTES, start + to - at);
            bytes.write(disk.bytes(segmentOf(at)), start, end - start);
        }
        return bytes.toByteArray();
    }

    private Path segmentOf(long position) {
        return store.segment(position / SEGMENT_BYTES * SEGMENT_BYTES);
    }

    private boolean opens() throws IOException {
        try {
            store.open();
            return true;
        } catch (SimulatedCrash killed) {
            return false;
        }
    }

    private static List<String> bodies(int count) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add("message " + i + "x".repeat(1000));
        }
        return bodies;
    }

    private Appended append(String body) {
        Appended appended = (Appended) store.parts().appender.append(store.queue("TopicA", 0), Drafts.text(body));
        store.flush();
        return appended;
    }

    private void use(SimulatedDisk other) {
        disk = other;
        store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, SEGMENT_BYTES);
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
