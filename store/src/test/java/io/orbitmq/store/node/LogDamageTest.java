package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One wrong bit, at every place where it can be. */
final class LogDamageTest {

    private static final int SEGMENT_BYTES = 1 << 14;

    private final SimulatedDisk disk = new SimulatedDisk(5);
    private final SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, SEGMENT_BYTES);

    @Test
    void noticesABitFlippedAnywhereInADurableRecord() throws IOException {
        store.open();
        append("before");
        Appended record = append("precious");
        append("behind");
        store.advance(Duration.ofMillis(150));
        disk.killProcess();

        for (long at = record.position(); at < record.endPosition(); at++) {
            int bit = (int) (at % 8);
            disk.flipBit(store.segment(0), at, bit);
            assertThatThrownBy(store::open)
                    .as("bit %d of byte %d", bit, at - record.position())
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining("damaged at position " + record.position());
            disk.killProcess();
            disk.flipBit(store.segment(0), at, bit);
        }

        store.open();
        assertThat(store.bodies(store.queue("TopicA", 0))).containsExactly("before", "precious", "behind");
    }

    @Test
    void cutsALastRecordWithABitFlippedAnywhere() throws IOException {
        int size = MessageRecord.sizeOf(Drafts.text("last"), "TopicA".length());
        for (int at = 0; at < size; at++) {
            SimulatedStore torn = new SimulatedStore(new SimulatedDisk(at), FlushMode.SYNC_FLUSH, SEGMENT_BYTES);
            torn.open();
            append(torn, "first");
            Appended last = append(torn, "last");
            torn.disk.killProcess();
            torn.disk.flipBit(torn.segment(0), last.position() + at, at % 8);

            torn.open();

            assertThat(torn.bodies(torn.queue("TopicA", 0)))
                    .as("a bit of byte %d", at)
                    .containsExactly("first");
            assertThat(append(torn, "again").position()).isEqualTo(last.position());
        }
    }

    @Test
    void doesNotTakeARecordOfItsOwnWithADamagedChecksumForOneOfAnotherServer() throws IOException {
        store.open();
        append("first");
        Appended last = append("last");
        disk.killProcess();
        // in the checksum's name: what is left is a sound record of a server that knows no such checksum
        disk.flipBit(store.segment(0), last.endPosition() - MessageRecord.CHECKSUM_BYTES + 2, 1);

        store.open();

        assertThat(store.bodies(store.queue("TopicA", 0))).containsExactly("first");
    }

    @Test
    void showsNoWrongMessageWhateverBitOfAnIndexOrACheckpointIsFlipped() throws IOException {
        store.open();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sent.add("message " + i);
            append(store, Drafts.withProperties(sent.get(i), Drafts.key(key(i))));
        }
        store.store().close();
        assertThat(disk.list(SimulatedStore.ROOT.resolve("orbitmq/keys")))
                .anyMatch(file -> file.toString().endsWith(".run"));
        for (String part : List.of("queues", "keys", "checkpoints")) {
            int files = disk.list(SimulatedStore.ROOT.resolve("orbitmq").resolve(part))
                    .size();
            for (int file = 0; file < files; file++) {
                flipAlong(part, file, sent);
            }
        }
    }

    /** A damaged file may be noticed when it is read, but then the next opening has mended it. */
    private void flipAlong(String part, int fileIndex, List<String> sent) throws IOException {
        long size = 1;
        for (long at = 0; at < size; at += 1 + at * 7 % 97) {
            List<Path> files = disk.list(SimulatedStore.ROOT.resolve("orbitmq").resolve(part));
            if (fileIndex >= files.size()) {
                return;
            }
            Path file = files.get(fileIndex);
            size = disk.openReadOnly(file).size();
            if (at >= size) {
                return;
            }
            disk.flipBit(file, at, (int) (at % 8));
            store.open();
            List<String> found = orNothing(() -> store.bodies(store.queue("TopicA", 0)));
            List<String> byKey = orNothing(() -> bodiesByKey(sent.size()));
            if (found.isEmpty() || byKey.isEmpty()) {
                store.store().close();
                store.open();
                found = store.bodies(store.queue("TopicA", 0));
                byKey = bodiesByKey(sent.size());
            }
            assertThat(found).as("byte %d of %s", at, file).isEqualTo(sent);
            assertThat(byKey).as("by key, byte %d of %s", at, file).isEqualTo(sent);
            store.store().close();
        }
    }

    private List<String> bodiesByKey(int count) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.addAll(store.bodiesByKey("TopicA", key(i)));
        }
        return found;
    }

    private static String key(int message) {
        return "key-" + message;
    }

    private static List<String> orNothing(Supplier<List<String>> search) {
        try {
            return search.get();
        } catch (RuntimeException noticed) {
            assertThat(noticed).rootCause().hasMessageContaining("rebuilt from the log");
            return List.of();
        }
    }

    private Appended append(String body) {
        return append(store, body);
    }

    private static Appended append(SimulatedStore target, String body) {
        return append(target, Drafts.text(body));
    }

    private static Appended append(SimulatedStore target, MessageDraft draft) {
        Appended appended = (Appended) target.parts().appender.append(target.queue("TopicA", 0), draft);
        target.flush();
        return appended;
    }
}
