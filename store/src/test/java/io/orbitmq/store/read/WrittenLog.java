package io.orbitmq.store.read;

import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.segment.SegmentedLog;
import io.orbitmq.store.segment.TailWindow;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A log of records on a simulated disk, as a broker finds it when it starts: nothing is in the tail window. */
final class WrittenLog {

    static final int SEGMENT_BYTES = 16 << 10;

    private static final HostAddress HOST = HostAddress.of(new InetSocketAddress("127.0.0.1", 10911));
    private static final Path DIRECTORY = Path.of("log");
    private static final byte[] TOPIC = {'t'};

    final SimulatedDisk simulated = new SimulatedDisk(1);
    final ReadCountingDisk disk = new ReadCountingDisk(simulated);
    final SegmentedLog log;
    volatile long visibleEnd;

    private final List<Place> places = new ArrayList<>();

    /** Where a record is. */
    record Place(long position, int sizeBytes) {

        long end() {
            return position + sizeBytes;
        }
    }

    /** A log whose every record has a body of this size, over so many segments. */
    WrittenLog(int segments, int bodyBytes) {
        try {
            disk.createDirectories(DIRECTORY);
            for (int i = 0; i < segments; i++) {
                write((long) i * SEGMENT_BYTES, bodyBytes);
            }
            log = SegmentedLog.open(disk, DIRECTORY, SEGMENT_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        visibleEnd = places.get(places.size() - 1).end();
    }

    List<Place> places() {
        return places;
    }

    /** The first record that crosses a multiple of {@code blockBytes}. */
    Place crossing(int blockBytes) {
        return places.stream()
                .filter(place -> place.position() / blockBytes != (place.end() - 1) / blockBytes)
                .findFirst()
                .orElseThrow();
    }

    /** Changes a bit of a byte on the disk. */
    void damage(long position) {
        simulated.flipBit(file(position / SEGMENT_BYTES * SEGMENT_BYTES), position % SEGMENT_BYTES, 3);
    }

    /** A cache of this log; block size and bytes as given. */
    BlockCache cache(int blockBytes, int maxBytes) {
        return new BlockCache(
                log, new TailWindow(1024, 2), () -> visibleEnd, new BlockCache.Size(blockBytes, maxBytes));
    }

    RecordSource source(BlockCache cache) {
        return new RecordSource(log, new TailWindow(1024, 2), cache);
    }

    private void write(long start, int bodyBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SEGMENT_BYTES);
        MessageDraft draft =
                new MessageDraft(0, 0, 1L, HOST, HOST, 0, 0, ByteBuffer.allocate(bodyBytes), ByteBuffer.allocate(0));
        int size = MessageRecord.sizeOf(draft, TOPIC.length);
        while (bytes.remaining() >= size) {
            long position = start + bytes.position();
            MessageRecord.write(bytes, draft, TOPIC, 0, places.size(), position, 1L);
            places.add(new Place(position, size));
        }
        disk.open(file(start)).write(0, bytes.clear());
    }

    private static Path file(long start) {
        return DIRECTORY.resolve(String.format("%020d", start));
    }
}
