package io.orbitmq.store.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import io.orbitmq.store.node.LocalMessageStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreVerifierTest {

    private static final long SEGMENT_BYTES = 1 << 16;
    private static final int MESSAGES = 600;
    private static final HostAddress HOST = HostAddress.of(new InetSocketAddress("127.0.0.1", 10911));

    private final SystemDisk disk = new SystemDisk();
    private final List<Long> positions = new ArrayList<>();

    @TempDir
    private Path root;

    @BeforeEach
    void writeAStore() throws IOException {
        try (LocalMessageStore store = open()) {
            for (int i = 0; i < MESSAGES; i++) {
                Appended appended = (Appended) store.append(store.queue("T" + i % 3, i % 4), draft(i));
                positions.add(appended.position());
                if (i == MESSAGES / 2) {
                    store.deleteTopicQueues("T1");
                }
            }
        }
    }

    @Test
    void findsAStoreSoundThatIs() throws IOException {
        VerifyReport report = verify();

        assertThat(report.text()).contains("The store is sound.");
        assertThat(report.problems()).isEmpty();
        assertThat(report.exitCode()).isZero();
        assertThat(report.segments()).isGreaterThan(2);
        assertThat(report.records()).isEqualTo(MESSAGES + 1);
        assertThat(report.sealedRecords()).isEqualTo(MESSAGES + 1);
        assertThat(report.indexedEnd()).isEqualTo(report.endPosition());
        assertThat(report.comparedEntries()).isBetween((long) MESSAGES * 2 / 3, (long) MESSAGES);
        assertThat(report.checkedPages()).isPositive();
    }

    @Test
    void changesNothing() throws IOException {
        List<String> before = listing();
        verify();
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void namesADamagedRecordAndGoesOnBehindIt() throws IOException {
        long damaged = positions.get(450);
        flip(segmentOf(damaged), damaged % SEGMENT_BYTES + 120);

        VerifyReport report = verify();

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.records()).isEqualTo(MESSAGES);
        assertThat(report.problems())
                .anyMatch(problem -> problem.contains("bytes " + damaged + " to " + positions.get(451))
                        && problem.contains("CHECKSUM_DIFFERS"))
                .anyMatch(problem -> problem.contains("offset") && problem.contains("was expected"))
                .anyMatch(problem -> problem.contains("the index has"));
        assertThat(report.text()).contains("NOT sound");
    }

    @Test
    void noticesADamagedPlaceAtTheEndOfASegment() throws IOException {
        long segmentEnd = SEGMENT_BYTES;
        long last = positions.stream().filter(position -> position < segmentEnd).reduce(0L, Math::max);
        try (DiskFile file = disk.open(segmentOf(0))) {
            file.write(last, ByteBuffer.allocate((int) (segmentEnd - last)));
        }
        assertThat(verify().problems()).anyMatch(problem -> problem.contains("bytes " + last + " to " + segmentEnd));
    }

    @Test
    void noticesAMissingSegment() throws IOException {
        disk.delete(segmentOf(SEGMENT_BYTES));
        assertThat(verify().problems()).anyMatch(problem -> problem.contains("gap"));
    }

    @Test
    void noticesAnIndexThatSaysSomethingElse() throws IOException {
        Path queues = root.resolve("orbitmq/queues");
        for (Path file : disk.list(queues)) {
            disk.delete(file);
        }
        long end = positions.get(MESSAGES - 1) + 1;
        try (QueueIndex index = QueueIndex.open(disk, queues, 0, end, 1 << 20)) {
            IndexedQueue right = index.queue("T0", 0);
            index.add(right, 0, positions.get(0), 1, 0);
            index.add(index.queue("unknown", 0), 0, positions.get(1), 1, 0);
            index.seal(end);
            index.writeSealed();
        }

        assertThat(verify().problems())
                .anyMatch(problem -> problem.startsWith("queue T0-0: the index has 1 entries, the log "))
                .anyMatch(problem -> problem.startsWith("queue unknown-0: the index has 1 entries, the log no message"))
                .anyMatch(problem -> problem.startsWith("queue T2-2: the index lacks it"));
    }

    @Test
    void noticesADamagedIndexFile() throws IOException {
        for (String name : List.of("queues", "keys")) {
            Path run = disk.list(root.resolve("orbitmq").resolve(name)).stream()
                    .filter(path -> path.toString().endsWith(".run"))
                    .findFirst()
                    .orElseThrow();
            flip(run, 99);
        }
        assertThat(verify().problems())
                .filteredOn(problem -> problem.contains("page 0"))
                .hasSizeGreaterThan(1);
    }

    @Test
    void refusesWhileABrokerHasTheStoreOpenOrThereIsNone() throws IOException {
        try (LocalMessageStore open = open()) {
            assertThatThrownBy(this::verify).hasMessageContaining("locked");
            assertThat(open.status().fenced()).isEmpty();
        }
        assertThatThrownBy(() -> StoreVerifier.verify(disk, root, root.resolve("nothing"), List.of()))
                .hasMessageContaining("expected the segments of a log");
    }

    private LocalMessageStore open() throws IOException {
        StoreConfig config = StoreConfig.defaults(root)
                .withSegmentSizeBytes(SEGMENT_BYTES)
                .withFlushMode(StoreConfig.FlushMode.ASYNC_FLUSH)
                .withFlushInterval(Duration.ofMillis(20));
        return LocalMessageStore.open(
                config, List.of(), disk, new SystemClock(), new SimulatedScheduler(new SimulatedClock()));
    }

    private VerifyReport verify() throws IOException {
        return StoreVerifier.verify(disk, root, root.resolve("commitlog"), List.of());
    }

    private List<String> listing() throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : List.of("", "commitlog", "orbitmq/queues", "orbitmq/keys")) {
            for (Path path : disk.list(root.resolve(name))) {
                found.add(path + " " + path.toFile().length() + " "
                        + path.toFile().lastModified());
            }
        }
        return found;
    }

    private static MessageDraft draft(int number) {
        byte[] properties = ("TAGS\1tag" + number % 5 + "\2KEYS\1key" + number).getBytes(StandardCharsets.UTF_8);
        byte[] body = ("body of message " + number + " " + "x".repeat(number % 300)).getBytes(StandardCharsets.UTF_8);
        return new MessageDraft(0, 0, 5, HOST, HOST, 0, 0, ByteBuffer.wrap(body), ByteBuffer.wrap(properties));
    }

    private Path segmentOf(long position) {
        return root.resolve("commitlog").resolve(String.format("%020d", position / SEGMENT_BYTES * SEGMENT_BYTES));
    }

    private void flip(Path path, long position) throws IOException {
        try (DiskFile file = disk.open(path)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(position, one);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            file.write(position, one);
        }
    }
}
