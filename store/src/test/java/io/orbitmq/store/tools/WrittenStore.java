package io.orbitmq.store.tools;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.StateTable;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.node.LocalMessageStore;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A small store on a simulated disk, closed in order after each use. */
final class WrittenStore {

    static final Path ROOT = Path.of("/sim/store");
    static final Path QUEUES = ROOT.resolve("orbitmq/queues");
    static final Path CHECKPOINTS = ROOT.resolve("orbitmq/checkpoints");

    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
    private static final int SEAL_BYTES = 20;

    final SimulatedDisk disk = new SimulatedDisk(1);
    final List<Appended> written = new ArrayList<>();
    private final int segmentBytes;

    WrittenStore(int segmentBytes) {
        this.segmentBytes = segmentBytes;
    }

    /** Opens the store with the tables, appends messages of the bodies to queue 0 of a topic, and closes it. */
    WrittenStore append(List<StateTable> tables, String topic, List<String> bodies) throws IOException {
        SimulatedClock clock = new SimulatedClock();
        StoreConfig config = StoreConfig.defaults(ROOT).withSegmentSizeBytes(segmentBytes);
        try (LocalMessageStore store =
                LocalMessageStore.open(config, tables, disk, clock, new SimulatedScheduler(clock))) {
            for (String body : bodies) {
                written.add((Appended) store.append(store.queue(topic, 0), draft(body)));
            }
        }
        return this;
    }

    /** The same with some messages. */
    WrittenStore append(String topic, int messages) throws IOException {
        return append(List.of(), topic, Collections.nCopies(messages, "a body"));
    }

    /** Writes a record as another program does, without a whole checksum, into the file of its place. */
    void putForeign(String topic, long queueOffset, long position) throws IOException {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        MessageDraft draft = draft("a foreign body");
        ByteBuffer record = ByteBuffer.allocate(MessageRecord.sizeOf(draft, name.length));
        MessageRecord.write(record, draft, name, 0, queueOffset, position, 1_795_000_000_000L);
        int lengthAt = MessageRecord.propertiesPosition(record, 0) - Short.BYTES;
        record.putShort(lengthAt, (short) (record.getShort(lengthAt) - SEAL_BYTES));
        record.putInt(0, record.position() - SEAL_BYTES);
        disk.createDirectories(ROOT.resolve("commitlog"));
        try (DiskFile file = disk.open(segmentOf(position))) {
            file.setSize(segmentBytes);
            file.write(position % segmentBytes, record.flip().limit(record.getInt(0)));
        }
    }

    /** Bytes of a record that {@link #putForeign} writes. */
    static int foreignBytes(String topic) {
        return MessageRecord.sizeOf(draft("a foreign body"), topic.length()) - SEAL_BYTES;
    }

    Path segmentOf(long position) {
        return ROOT.resolve("commitlog").resolve(String.format("%020d", position / segmentBytes * segmentBytes));
    }

    void flip(long position, int bit) {
        disk.flipBit(segmentOf(position), position % segmentBytes, bit);
    }

    void removeAll(Path directory) throws IOException {
        for (Path file : disk.list(directory)) {
            disk.delete(file);
        }
    }

    VerifyReport verify(StateTable... tables) throws IOException {
        return StoreVerifier.verify(disk, ROOT, ROOT.resolve("commitlog"), List.of(tables));
    }

    private static MessageDraft draft(String body) {
        return new MessageDraft(
                0,
                0,
                1_795_000_000_000L,
                HOST,
                HOST,
                0,
                0,
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap("TAGS\1a\2KEYS\1k".getBytes(StandardCharsets.UTF_8)));
    }
}
