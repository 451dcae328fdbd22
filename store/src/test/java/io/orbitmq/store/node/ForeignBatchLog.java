package io.orbitmq.store.node;

import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A store of Apache RocketMQ with one queue of a topic with queue.type=BatchCQ: a batch is one record (protocol/03 sections
 * 1 and 8, protocol/05 section 3.2).
 */
final class ForeignBatchLog {

    static final String TOPIC = "Packed";
    static final int SEGMENT_BYTES = 4 << 10;

    private static final int MAGIC = 0xDAA320A7;
    private static final int BLANK_MAGIC = 0xCBD43194;
    private static final int INNER_BATCH = 0xC0;
    private static final int RECORD_BYTES = 91;
    private static final int ITEM_BYTES = 22;
    private static final int ENTRY_BYTES = 46;
    private static final int ENTRIES = 50;
    private static final long HOST = 0x7f00_0001_0000_2a9fL;
    private static final long STORED_MS = 1_795_000_000_000L;

    private final List<ByteBuffer> segments = new ArrayList<>(List.of(ByteBuffer.allocate(SEGMENT_BYTES)));
    private final ByteBuffer entries = ByteBuffer.allocate(ENTRIES * ENTRY_BYTES);
    private long nextOffset;

    /** One record of messages with these bodies. */
    ForeignBatchLog batch(String... bodies) {
        ByteBuffer items = ByteBuffer.allocate(SEGMENT_BYTES);
        for (String body : bodies) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            items.putInt(ITEM_BYTES + bytes.length).putInt(0).putInt(0).putInt(0);
            items.putInt(bytes.length).put(bytes).putShort((short) 0);
        }
        String properties = "INNER_BASE\1" + nextOffset + "\2WAIT\1true\2INNER_NUM\1" + bodies.length + "\2";
        queued(INNER_BATCH, Arrays.copyOf(items.array(), items.position()), properties, bodies.length);
        return this;
    }

    /** An ordinary record of the queue. */
    ForeignBatchLog single(String body) {
        queued(0, body.getBytes(StandardCharsets.UTF_8), "WAIT\1true\2", 1);
        return this;
    }

    /** A record of another topic. */
    ForeignBatchLog other(String topic) {
        record(topic, 0, 0, "other".getBytes(StandardCharsets.UTF_8), "");
        return this;
    }

    /** What follows stands in the next segment. */
    ForeignBatchLog nextSegment() {
        ByteBuffer full = segments.get(segments.size() - 1);
        full.putInt(full.remaining()).putInt(BLANK_MAGIC);
        segments.add(ByteBuffer.allocate(SEGMENT_BYTES));
        return this;
    }

    /** Writes the files; of the log only the last segment, the others expired. */
    void write(SimulatedDisk disk, Path root) throws IOException {
        int last = segments.size() - 1;
        write(disk, root.resolve("commitlog/" + String.format("%020d", last * SEGMENT_BYTES)), segments.get(last));
        write(disk, root.resolve("batchconsumequeue/" + TOPIC + "/0/" + "0".repeat(20)), entries);
    }

    /** The messages in a record, each with its offset. */
    static List<String> messages(ByteBuffer record) {
        long offset = MessageRecord.queueOffset(record, 0);
        if (MessageRecord.sysFlag(record, 0) != INNER_BATCH) {
            return List.of(offset + " " + Drafts.body(record));
        }
        List<String> messages = new ArrayList<>();
        int at = MessageRecord.bodyPosition(record, 0);
        int end = at + MessageRecord.bodyLength(record, 0);
        while (at < end) {
            byte[] body = new byte[record.getInt(at + 16)];
            record.get(at + 20, body);
            messages.add(offset + messages.size() + " " + new String(body, StandardCharsets.UTF_8));
            at += record.getInt(at);
        }
        return messages;
    }

    private void queued(int sysFlag, byte[] body, String properties, int messages) {
        ByteBuffer segment = segments.get(segments.size() - 1);
        int before = segment.position();
        long position = record(TOPIC, sysFlag, nextOffset, body, properties);
        entries.putLong(position).putInt(segment.position() - before).putLong(0).putLong(STORED_MS);
        entries.putLong(nextOffset).putShort((short) messages).putInt(-1).putInt(0);
        nextOffset += messages;
    }

    private long record(String topic, int sysFlag, long queueOffset, byte[] body, String properties) {
        ByteBuffer segment = segments.get(segments.size() - 1);
        long position = (segments.size() - 1L) * SEGMENT_BYTES + segment.position();
        CRC32 crc = new CRC32();
        crc.update(body);
        segment.putInt(RECORD_BYTES + body.length + topic.length() + properties.length());
        segment.putInt(MAGIC).putInt((int) crc.getValue() & Integer.MAX_VALUE);
        segment.putInt(0).putInt(0).putLong(queueOffset).putLong(position).putInt(sysFlag);
        segment.putLong(STORED_MS).putLong(HOST).putLong(STORED_MS).putLong(HOST);
        segment.putInt(0).putLong(0).putInt(body.length).put(body);
        segment.put((byte) topic.length()).put(topic.getBytes(StandardCharsets.UTF_8));
        segment.putShort((short) properties.length()).put(properties.getBytes(StandardCharsets.UTF_8));
        return position;
    }

    private static void write(SimulatedDisk disk, Path path, ByteBuffer content) throws IOException {
        disk.createDirectories(path.getParent());
        try (DiskFile file = disk.open(path)) {
            file.write(0, content.duplicate().clear());
            file.force(true);
        }
        disk.forceDirectory(path.getParent());
    }
}
