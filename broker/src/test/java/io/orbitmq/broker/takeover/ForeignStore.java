package io.orbitmq.broker.takeover;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Writes a store directory as Apache RocketMQ does (protocol/05): records without a whole checksum, state in files. */
public final class ForeignStore {

    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
    private static final int SEAL_BYTES = 20;
    private static final int PLAIN_ENTRY_BYTES = 20;

    private final Disk disk;
    private final Path root;
    private final long start;
    private final ByteBuffer log;
    private final Map<String, Long> queueOffsets = new HashMap<>();

    /** @param start position of the one segment; more than 0 when earlier ones expired */
    public ForeignStore(Disk disk, Path root, int segmentBytes, long start) {
        this.disk = disk;
        this.root = root;
        this.start = start;
        this.log = ByteBuffer.allocate(segmentBytes);
    }

    /**
     * A record.
     *
     * @param properties as in the protocol's pages: name^value~ and so on
     * @param sysFlag transaction type and other bits
     * @param prepared position of the half message that it commits
     */
    public record Entry(
            String topic, int queueId, String body, String properties, long storeMs, int sysFlag, long prepared) {

        public static Entry of(String topic, int queueId, String body, String properties, long storeMs) {
            return new Entry(topic, queueId, body, properties, storeMs, 0, 0);
        }
    }

    /** Appends a record; returns its position. */
    public long append(Entry entry) {
        long position = start + log.position();
        long offset = queueOffsets.merge(entry.topic + '-' + entry.queueId, 1L, Long::sum) - 1;
        byte[] topic = entry.topic.getBytes(StandardCharsets.UTF_8);
        MessageDraft draft = new MessageDraft(
                0,
                entry.sysFlag,
                bornMs(entry.body),
                HOST,
                HOST,
                0,
                entry.prepared,
                ByteBuffer.wrap(entry.body.getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(entry.properties
                        .replace('^', '\u0001')
                        .replace('~', '\u0002')
                        .getBytes(StandardCharsets.UTF_8)));
        ByteBuffer sealed = ByteBuffer.allocate(MessageRecord.sizeOf(draft, topic.length));
        MessageRecord.write(sealed, draft, topic, entry.queueId, offset, position, entry.storeMs);
        unseal(sealed);
        log.put(sealed.flip());
        return position;
    }

    /** All copies of a message are born at the same time. */
    private static long bornMs(String body) {
        return 1_000 + Math.floorMod(body.hashCode(), 1_000_000);
    }

    private static void unseal(ByteBuffer sealed) {
        int size = sealed.position() - SEAL_BYTES;
        int lengthAt = MessageRecord.propertiesPosition(sealed, 0) - Short.BYTES;
        sealed.putShort(lengthAt, (short) (sealed.getShort(lengthAt) - SEAL_BYTES));
        sealed.putInt(0, size);
        sealed.position(size);
    }

    /** A file of {@code config}. */
    public void config(String name, String content) throws IOException {
        file(root.resolve("config").resolve(name), ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
    }

    public void timerCheck(long deliveredBeforeMs, long readBelow) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(4096);
        content.putLong(0, deliveredBeforeMs).putLong(2 * Long.BYTES, readBelow);
        file(root.resolve("config/timercheck"), content);
    }

    /** The file that says up to which store time the log was flushed. */
    public void checkpoint(long flushedMs) throws IOException {
        file(root.resolve("checkpoint"), ByteBuffer.allocate(4096).putLong(0, flushedMs));
    }

    /** A consume queue whose messages, all gone, end before {@code end}; for 0 it is just there. */
    public void consumeQueue(String topic, int queueId, int end) throws IOException {
        ByteBuffer entries = ByteBuffer.allocate((end + 10) * PLAIN_ENTRY_BYTES);
        for (int i = 0; i < end; i++) {
            entries.putLong(i * 100L).putInt(100).putLong(0);
        }
        entries.clear();
        file(root.resolve("consumequeue/" + topic + "/" + queueId + "/00000000000000000000"), entries);
    }

    /** Writes the log. */
    public void finish() throws IOException {
        file(
                root.resolve("commitlog").resolve(String.format("%020d", start)),
                log.duplicate().clear());
    }

    private void file(Path path, ByteBuffer content) throws IOException {
        disk.createDirectories(path.getParent());
        try (DiskFile file = disk.open(path)) {
            file.write(0, content);
            file.force(true);
        }
        disk.forceDirectory(path.getParent());
    }
}
