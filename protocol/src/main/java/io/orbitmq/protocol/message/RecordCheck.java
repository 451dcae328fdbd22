package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Checks records byte by byte; every length is compared with what is there before it is used. Stateless. */
final class RecordCheck {

    /** Topic and properties with their lengths. */
    private static final int MOST_BEHIND_BODY = 2 * (Short.BYTES + Short.MAX_VALUE);

    private RecordCheck() {}

    static RecordVerdict verify(ByteBuffer buffer, int base, long expectedPosition, boolean sealed) {
        int available = buffer.limit() - base;
        if (available < 2 * Integer.BYTES) {
            return RecordVerdict.CUT_OFF;
        }
        int magic = MessageRecord.magic(buffer, base);
        if (magic != MessageRecord.MAGIC_V1 && magic != MessageRecord.MAGIC_V2) {
            return RecordVerdict.NO_RECORD;
        }
        int size = MessageRecord.totalSize(buffer, base);
        if (size < MessageRecord.SMALLEST) {
            return RecordVerdict.PARTS_DISAGREE;
        }
        if (size > available) {
            return RecordVerdict.CUT_OFF;
        }
        if (!partsAddUp(buffer, base, size)) {
            return RecordVerdict.PARTS_DISAGREE;
        }
        if (MessageRecord.physicalOffset(buffer, base) != expectedPosition) {
            return RecordVerdict.WRONG_PLACE;
        }
        return isSound(buffer, base, size, sealed) ? RecordVerdict.WHOLE : RecordVerdict.CHECKSUM_DIFFERS;
    }

    static boolean isSizeLikely(ByteBuffer buffer, int base) {
        if (buffer.limit() - base < MessageRecord.SMALLEST) {
            return false;
        }
        int body = MessageRecord.bodyPosition(buffer, base);
        int size = MessageRecord.totalSize(buffer, base);
        if (size < MessageRecord.SMALLEST || body > buffer.limit()) {
            return false;
        }
        long behindBody = (long) size - (body - base) - buffer.getInt(body - Integer.BYTES);
        return behindBody > 0 && behindBody <= MOST_BEHIND_BODY;
    }

    private static boolean isSound(ByteBuffer buffer, int base, int size, boolean sealed) {
        if (MessageRecord.isSealed(buffer, base)) {
            int checked = size - ChecksumEntry.BYTES;
            return ChecksumEntry.read(buffer, base + checked) == crc(buffer, base, checked);
        }
        boolean endsInZero = MessageRecord.propertiesLength(buffer, base) > 0 && buffer.get(base + size - 1) == 0;
        return !sealed
                && !endsInZero
                && MessageRecord.bodyCrc(buffer, base)
                        == crc(
                                buffer,
                                MessageRecord.bodyPosition(buffer, base),
                                MessageRecord.bodyLength(buffer, base));
    }

    private static boolean partsAddUp(ByteBuffer buffer, int base, int size) {
        int end = base + size;
        int body = MessageRecord.bodyPosition(buffer, base);
        if (body > end) {
            return false;
        }
        int bodyLength = buffer.getInt(body - Integer.BYTES);
        int lengthBytes = MessageRecord.topicLengthBytes(buffer, base);
        if (bodyLength < 0 || bodyLength > end - body - lengthBytes) {
            return false;
        }
        int topic = body + bodyLength + lengthBytes;
        int topicLength = lengthBytes == 1 ? buffer.get(topic - 1) : buffer.getShort(topic - Short.BYTES);
        if (topicLength < 0 || topicLength > end - topic - Short.BYTES) {
            return false;
        }
        int properties = topic + topicLength + Short.BYTES;
        return buffer.getShort(properties - Short.BYTES) == end - properties;
    }

    static int crc(ByteBuffer buffer, int position, int length) {
        return buffer.hasArray() ? crcOfArray(buffer, position, length) : crcOf(buffer.slice(position, length));
    }

    /** The same without a view, for a buffer that is this thread's alone; it is afterwards as before. */
    static int crcInPlace(ByteBuffer buffer, int position, int length) {
        if (buffer.hasArray()) {
            return crcOfArray(buffer, position, length);
        }
        int oldPosition = buffer.position();
        int oldLimit = buffer.limit();
        int crc = crcOf(buffer.limit(position + length).position(position));
        buffer.limit(oldLimit).position(oldPosition);
        return crc;
    }

    private static int crcOfArray(ByteBuffer buffer, int position, int length) {
        CRC32 crc = new CRC32();
        crc.update(buffer.array(), buffer.arrayOffset() + position, length);
        return (int) crc.getValue() & Integer.MAX_VALUE;
    }

    private static int crcOf(ByteBuffer buffer) {
        CRC32 crc = new CRC32();
        crc.update(buffer);
        return (int) crc.getValue() & Integer.MAX_VALUE;
    }
}
