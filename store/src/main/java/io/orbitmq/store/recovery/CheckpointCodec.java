package io.orbitmq.store.recovery;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of a checkpoint file. Big-endian.
 *
 * <pre>
 *   +0   magic "OMQC" 4 | version 4
 *   +8   sequence 8 | position 8 | durableEnd 8 | sealedFrom 8 | lastStoreTimestamp 8
 *   +48  flags 4 (1 = clean) | number of tables 4
 *   ..   per table: name length 2 | name | snapshot length 4 | snapshot
 *   end  CRC-32C of everything before 4
 * </pre>
 */
final class CheckpointCodec {

    private static final int MAGIC = 0x4F4D5143;
    private static final int VERSION = 1;
    private static final int CLEAN = 1;
    private static final int FIXED_BYTES = 2 * Integer.BYTES + 5 * Long.BYTES + 3 * Integer.BYTES;

    private CheckpointCodec() {}

    static ByteBuffer encode(Checkpoint checkpoint) {
        int size = FIXED_BYTES;
        Map<byte[], ByteBuffer> tables = new LinkedHashMap<>();
        for (Map.Entry<String, ByteBuffer> table : checkpoint.tables().entrySet()) {
            byte[] name = table.getKey().getBytes(StandardCharsets.UTF_8);
            tables.put(name, table.getValue());
            size += Short.BYTES + name.length + Integer.BYTES + table.getValue().remaining();
        }
        ByteBuffer target = ByteBuffer.allocate(size);
        target.putInt(MAGIC)
                .putInt(VERSION)
                .putLong(checkpoint.sequence())
                .putLong(checkpoint.position())
                .putLong(checkpoint.durableEnd())
                .putLong(checkpoint.sealedFrom())
                .putLong(checkpoint.lastStoreTimestamp())
                .putInt(checkpoint.clean() ? CLEAN : 0)
                .putInt(tables.size());
        tables.forEach((name, snapshot) -> target.putShort((short) name.length)
                .put(name)
                .putInt(snapshot.remaining())
                .put(snapshot.duplicate()));
        return target.putInt(crc(target.array(), target.position())).flip();
    }

    /** The checkpoint in the bytes; empty when they are damaged or of an unknown version. */
    static Optional<Checkpoint> decode(ByteBuffer bytes) {
        int checked = bytes.remaining() - Integer.BYTES;
        if (checked < FIXED_BYTES - Integer.BYTES
                || bytes.getInt(checked) != crc(bytes.array(), checked)
                || bytes.getInt() != MAGIC
                || bytes.getInt() != VERSION) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(bytes));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Checkpoint read(ByteBuffer bytes) {
        long sequence = bytes.getLong();
        long position = bytes.getLong();
        long durableEnd = bytes.getLong();
        long sealedFrom = bytes.getLong();
        long lastStoreTimestamp = bytes.getLong();
        boolean clean = (bytes.getInt() & CLEAN) != 0;
        Map<String, ByteBuffer> tables = new LinkedHashMap<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            byte[] name = new byte[bytes.getShort()];
            bytes.get(name);
            int length = bytes.getInt();
            tables.put(new String(name, StandardCharsets.UTF_8), bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
        return new Checkpoint(sequence, position, durableEnd, sealedFrom, lastStoreTimestamp, clean, tables);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
