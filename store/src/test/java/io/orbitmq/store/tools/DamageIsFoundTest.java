package io.orbitmq.store.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.recovery.AbortMarker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the check must not overlook in a store that was closed in order. */
final class DamageIsFoundTest {

    private static final int SEGMENT_BYTES = 4 << 10;
    private static final int MESSAGES = 12;
    private static final int BITS = 8;

    private final WrittenStore store = new WrittenStore(SEGMENT_BYTES);

    @Test
    void aFlipInAnyByteOfARecordInTheMiddleIsAProblem() throws IOException {
        store.append("T", MESSAGES);

        assertEveryFlipIsAProblem(store.written.get(MESSAGES / 2));
    }

    @Test
    void aFlipInAnyByteOfTheLastRecordIsAProblemEvenWithoutAnIndex() throws IOException {
        store.append("T", MESSAGES);
        store.removeAll(WrittenStore.QUEUES);

        assertEveryFlipIsAProblem(store.written.get(MESSAGES - 1));
        assertThat(store.verify().problems()).isEmpty();
    }

    @Test
    void aFlipInAnyByteOfACheckpointIsAProblem() throws IOException {
        store.append("T", MESSAGES).append("T", 1);
        List<Path> files = store.disk.list(WrittenStore.CHECKPOINTS);
        assertThat(files).hasSize(2);
        assertThat(store.verify().text()).contains("checkpoints         2\n");

        for (Path file : files) {
            for (int at = 0; at < store.disk.bytes(file).length; at++) {
                store.disk.flipBit(file, at, at % BITS);
                assertThat(store.verify().problems())
                        .as("byte %d of %s", at, file)
                        .anyMatch(problem -> problem.contains("checkpoint " + file + " is damaged"));
                store.disk.flipBit(file, at, at % BITS);
            }
        }
    }

    @Test
    void aLogThatEndsBeforeWhatWasDurableIsAProblemEvenWithoutAnIndex() throws IOException {
        store.append("T", 3 * MESSAGES);
        Appended last = store.written.get(store.written.size() - 1);
        assertThat(last.position()).isGreaterThan(SEGMENT_BYTES);
        store.removeAll(WrittenStore.QUEUES);
        store.disk.delete(store.segmentOf(last.position()));

        assertThat(store.verify().problems())
                .singleElement()
                .asString()
                .contains("safely on disk up to " + last.endPosition());
    }

    @Test
    void aSegmentWithoutAnySoundRecordIsAProblemWhenRecordsFollow() throws IOException {
        List<String> large = List.of("x".repeat(SEGMENT_BYTES - 200));
        store.append("T", 1).append(List.of(), "Large", large).append(List.of(), "T", large);
        Appended alone = store.written.get(1);
        assertThat(alone.position()).isEqualTo(SEGMENT_BYTES);
        store.removeAll(WrittenStore.QUEUES);
        store.flip(alone.position() + 200, 3);

        assertThat(store.verify().problems())
                .singleElement()
                .asString()
                .startsWith("damaged: bytes " + alone.position() + " to " + 2 * SEGMENT_BYTES);
    }

    @Test
    void recordsOfOursWithoutACheckpointAreNotedAndAProblemWhenTheLogsBeginIsGone() throws IOException {
        store.append("T", 3 * MESSAGES);
        store.removeAll(WrittenStore.CHECKPOINTS);
        assertThat(store.verify().problems()).isEmpty();
        assertThat(store.verify().notes()).anyMatch(note -> note.startsWith("there is no checkpoint in "));

        store.disk.delete(store.segmentOf(0));
        store.removeAll(WrittenStore.QUEUES);

        assertThat(store.verify().problems())
                .singleElement()
                .asString()
                .startsWith("there is no checkpoint in ")
                .contains("before the log's first position " + SEGMENT_BYTES);
    }

    @Test
    void behindAnOrderlyStopAnotherProgramMayHaveAppended() throws IOException {
        store.append("T", MESSAGES);
        store.putForeign("T", MESSAGES, end());
        assertSoundWithForeign(1);

        store.append("T", 1);
        assertSoundWithForeign(1);

        store.putForeign("T", MESSAGES + 2, end());
        assertSoundWithForeign(2);
        new AbortMarker(store.disk, WrittenStore.ROOT).set();
        assertThat(store.verify().endPosition())
                .as("after a crash all are ours")
                .isEqualTo(end());
    }

    @Test
    void recordsOfAnOlderStoreAreCountedUpToTheFirstOfOurs() throws IOException {
        int foreign = 5;
        int bytes = WrittenStore.foreignBytes("Old");
        for (int i = 0; i < foreign; i++) {
            store.putForeign("Old", i, (long) i * bytes);
        }
        assertSoundWithForeign(foreign);
        store.append("T", MESSAGES);

        assertSoundWithForeign(foreign);

        assertEveryFlipIsAProblem(store.written.get(0));
        store.removeAll(WrittenStore.CHECKPOINTS);
        assertEveryFlipIsAProblem(store.written.get(1));
    }

    /** End of what was appended last. */
    private long end() {
        return store.written.get(store.written.size() - 1).endPosition();
    }

    private void assertSoundWithForeign(int records) throws IOException {
        VerifyReport report = store.verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.records() - report.sealedRecords()).isEqualTo(records);
        assertThat(report.text())
                .contains("  body checksum     " + records + "\n")
                .contains("The store is sound.");
    }

    private void assertEveryFlipIsAProblem(Appended record) throws IOException {
        for (long at = record.position(); at < record.endPosition(); at++) {
            int bit = (int) at % BITS;
            store.flip(at, bit);
            assertThat(store.verify().exitCode())
                    .as("bit %d of byte %d of the record", bit, at - record.position())
                    .isEqualTo(1);
            store.flip(at, bit);
        }
        assertThat(store.verify().isSound()).isTrue();
    }
}
