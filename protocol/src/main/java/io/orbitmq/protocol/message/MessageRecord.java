package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;

/**
 * The stored message, byte for byte the same in the log, in a pull answer and in a transaction check. Pure functions
 * over a big-endian {@link ByteBuffer}; {@code base} is where the record starts in it. Accessors trust the record; use
 * {@link #verify} first on bytes of unknown origin. Source: protocol/03 section 1.
 *
 * <pre>
 *   +0   totalSize 4 | magic 4 | bodyCrc 4 | queueId 4 | flag 4
 *   +20  queueOffset 8
 *   +28  physicalOffset 8
 *   +36  sysFlag 4
 *   +40  bornTimestamp 8
 *   +48  bornHost 8, or 20 with IPv6 (b)
 *   +40+b+8     storeTimestamp 8
 *   ..          storeHost 8, or 20 with IPv6
 *   ..          reconsumeTimes 4 | preparedTransactionOffset 8
 *   ..          bodyLength 4 | body
 *   ..          topicLength 1 (V1) or 2 (V2) | topic
 *   ..          propertiesLength 2 | properties, ending in the 20-byte checksum entry of the whole record
 * </pre>
 *
 * <p>Records that we write always end in the property {@code __CRC32#} (protocol/03 section 3.1), the checksum of all
 * bytes before it. An entry of that name further in front, which a producer may have sent, is without effect: the last
 * one wins.
 */
public final class MessageRecord {

    /** Topic length in one byte. */
    public static final int MAGIC_V1 = 0xDAA320A7;

    /** Topic length in two bytes; for topics of more than {@link #MAX_V1_TOPIC_BYTES}. */
    public static final int MAGIC_V2 = 0xDAA320AB;

    public static final int MAX_V1_TOPIC_BYTES = 127;

    /** Most bytes of properties, the checksum entry included. */
    public static final int MAX_PROPERTIES_BYTES = Short.MAX_VALUE;

    /** Size of the checksum entry. */
    public static final int CHECKSUM_BYTES = ChecksumEntry.BYTES;

    /** Bytes of a record without body, topic and properties, with IPv4 hosts. */
    public static final int SMALLEST = 91;

    /** Bytes up to the body, with IPv6 hosts. */
    public static final int HEAD_BYTES = 112;

    private static final int MAGIC_AT = 4;
    private static final int BODY_CRC_AT = 8;
    private static final int QUEUE_ID_AT = 12;
    private static final int FLAG_AT = 16;
    private static final int QUEUE_OFFSET_AT = 20;
    private static final int PHYSICAL_OFFSET_AT = 28;
    private static final int SYS_FLAG_AT = 36;
    private static final int BORN_TIMESTAMP_AT = 40;
    private static final int BORN_HOST_AT = 48;
    private static final int IPV4_HOST = 8;
    private static final int IPV6_HOST = 20;

    private MessageRecord() {}

    /** Bytes that {@link #write} needs for this draft. */
    public static int sizeOf(MessageDraft draft, int topicBytes) {
        return sizeOf(draft, topicBytes, storedPropertiesLength(draft));
    }

    private static int sizeOf(MessageDraft draft, int topicBytes, int propertiesBytes) {
        return SMALLEST
                - 2 * IPV4_HOST
                + draft.bornHost().sizeBytes()
                + draft.storeHost().sizeBytes()
                + draft.body().remaining()
                + topicBytes
                + (topicBytes > MAX_V1_TOPIC_BYTES ? 1 : 0)
                + propertiesBytes;
    }

    /** Length of the properties as stored: as given, closed by a separator, the stamp, and the checksum entry. */
    public static int storedPropertiesLength(MessageDraft draft) {
        return storedPropertiesLength(draft.properties()) + draft.stamp().length;
    }

    /** The same for properties without a stamp. */
    public static int storedPropertiesLength(ByteBuffer properties) {
        return properties.remaining() + (needsSeparator(properties) ? 1 : 0) + ChecksumEntry.BYTES;
    }

    /** Whether a record holds these properties without a stamp. */
    public static boolean fits(ByteBuffer properties) {
        return storedPropertiesLength(properties) <= MAX_PROPERTIES_BYTES;
    }

    /**
     * Writes the record at {@code target}'s position and moves it behind the record. The caller has checked sizes:
     * topic at most 32767 bytes, {@link #storedPropertiesLength} at most {@link #MAX_PROPERTIES_BYTES}. The target and
     * the draft's buffers are this thread's alone.
     *
     * @param topic UTF-8
     * @param physicalOffset byte place of the record in the log
     * @param storeTimestamp epoch milliseconds
     */
    public static void write(
            ByteBuffer target,
            MessageDraft draft,
            byte[] topic,
            int queueId,
            long queueOffset,
            long physicalOffset,
            long storeTimestamp) {
        write(target, draft, TopicBytes.of(topic), queueId, queueOffset, physicalOffset, storeTimestamp);
    }

    /** The same with a name that need not lie in an array. */
    public static void write(
            ByteBuffer target,
            MessageDraft draft,
            TopicBytes topic,
            int queueId,
            long queueOffset,
            long physicalOffset,
            long storeTimestamp) {
        int topicLength = topic.topicLength();
        int base = target.position();
        int propertiesLength = storedPropertiesLength(draft);
        if (propertiesLength > MAX_PROPERTIES_BYTES || topicLength > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a record holds at most " + MAX_PROPERTIES_BYTES
                    + " bytes of properties and as many of topic, found " + propertiesLength + " and " + topicLength);
        }
        ByteBuffer body = draft.body();
        boolean shortTopic = topicLength <= MAX_V1_TOPIC_BYTES;
        target.putInt(base, sizeOf(draft, topicLength, propertiesLength))
                .putInt(base + MAGIC_AT, shortTopic ? MAGIC_V1 : MAGIC_V2)
                .putInt(base + BODY_CRC_AT, RecordCheck.crcInPlace(body, body.position(), body.remaining()))
                .putInt(base + QUEUE_ID_AT, queueId)
                .putInt(base + FLAG_AT, draft.flag())
                .putLong(base + QUEUE_OFFSET_AT, queueOffset)
                .putLong(base + PHYSICAL_OFFSET_AT, physicalOffset)
                .putInt(base + SYS_FLAG_AT, sysFlagWithHosts(draft))
                .putLong(base + BORN_TIMESTAMP_AT, draft.bornTimestamp())
                .position(base + BORN_HOST_AT);
        draft.bornHost().writeTo(target);
        target.putLong(storeTimestamp);
        draft.storeHost().writeTo(target);
        target.putInt(draft.reconsumeTimes()).putLong(draft.preparedTransactionOffset());
        target.putInt(body.remaining());
        append(target, body);
        if (shortTopic) {
            target.put((byte) topicLength);
        } else {
            target.putShort((short) topicLength);
        }
        topic.writeTo(target);
        target.putShort((short) propertiesLength);
        append(target, draft.properties());
        if (needsSeparator(draft.properties())) {
            target.put(MessageProperties.ENTRY_SEPARATOR);
        }
        target.put(draft.stamp());
        ChecksumEntry.write(target, RecordCheck.crcInPlace(target, base, target.position() - base));
    }

    /**
     * Judges the bytes at {@code base}: is this one whole record that belongs at {@code expectedPosition}? Checks the
     * checksum entry over everything when the record ends in one, otherwise the body's CRC, as records of other servers
     * have no more. Damage to the entry itself can therefore pass; where only our own records can stand, ask {@link
     * #verifySealed}. A log is never unsealed again: behind a sealed record every record must be sealed.
     */
    public static RecordVerdict verify(ByteBuffer buffer, int base, long expectedPosition) {
        return RecordCheck.verify(buffer, base, expectedPosition, false);
    }

    /** Like {@link #verify}, but a record that does not end in the checksum entry is damaged. */
    public static RecordVerdict verifySealed(ByteBuffer buffer, int base, long expectedPosition) {
        return RecordCheck.verify(buffer, base, expectedPosition, true);
    }

    /**
     * Whether a record with such a head may be as long as it says; to be asked before so much memory is taken for it. Needs
     * {@link #HEAD_BYTES} of it, or all there are.
     */
    public static boolean isSizeLikely(ByteBuffer buffer, int base) {
        return RecordCheck.isSizeLikely(buffer, base);
    }

    /** Whether the record ends in the checksum entry, right or wrong. */
    public static boolean isSealed(ByteBuffer buffer, int base) {
        return ChecksumEntry.isAt(buffer, base + totalSize(buffer, base) - ChecksumEntry.BYTES);
    }

    public static int totalSize(ByteBuffer buffer, int base) {
        return buffer.getInt(base);
    }

    public static int magic(ByteBuffer buffer, int base) {
        return buffer.getInt(base + MAGIC_AT);
    }

    /** CRC-32 of the body as stored, without its top bit. */
    public static int bodyCrc(ByteBuffer buffer, int base) {
        return buffer.getInt(base + BODY_CRC_AT);
    }

    public static int queueId(ByteBuffer buffer, int base) {
        return buffer.getInt(base + QUEUE_ID_AT);
    }

    public static int flag(ByteBuffer buffer, int base) {
        return buffer.getInt(base + FLAG_AT);
    }

    public static long queueOffset(ByteBuffer buffer, int base) {
        return buffer.getLong(base + QUEUE_OFFSET_AT);
    }

    public static long physicalOffset(ByteBuffer buffer, int base) {
        return buffer.getLong(base + PHYSICAL_OFFSET_AT);
    }

    public static int sysFlag(ByteBuffer buffer, int base) {
        return buffer.getInt(base + SYS_FLAG_AT);
    }

    public static long bornTimestamp(ByteBuffer buffer, int base) {
        return buffer.getLong(base + BORN_TIMESTAMP_AT);
    }

    public static HostAddress bornHost(ByteBuffer buffer, int base) {
        return HostAddress.read(buffer, base + BORN_HOST_AT, SysFlag.isBornHostV6(sysFlag(buffer, base)));
    }

    public static long storeTimestamp(ByteBuffer buffer, int base) {
        return buffer.getLong(storeTimestampPosition(buffer, base));
    }

    public static HostAddress storeHost(ByteBuffer buffer, int base) {
        return HostAddress.read(
                buffer,
                storeTimestampPosition(buffer, base) + Long.BYTES,
                SysFlag.isStoreHostV6(sysFlag(buffer, base)));
    }

    public static int reconsumeTimes(ByteBuffer buffer, int base) {
        return buffer.getInt(reconsumeTimesPosition(buffer, base));
    }

    public static long preparedTransactionOffset(ByteBuffer buffer, int base) {
        return buffer.getLong(reconsumeTimesPosition(buffer, base) + Integer.BYTES);
    }

    public static int bodyLength(ByteBuffer buffer, int base) {
        return buffer.getInt(bodyPosition(buffer, base) - Integer.BYTES);
    }

    /** Index in {@code buffer} of the body's first byte. */
    public static int bodyPosition(ByteBuffer buffer, int base) {
        return reconsumeTimesPosition(buffer, base) + Integer.BYTES + Long.BYTES + Integer.BYTES;
    }

    /** Index in {@code buffer} of the topic's first byte. */
    public static int topicPosition(ByteBuffer buffer, int base) {
        return topicLengthPosition(buffer, base) + topicLengthBytes(buffer, base);
    }

    /** Bytes of the topic. */
    public static int topicLength(ByteBuffer buffer, int base) {
        int at = topicLengthPosition(buffer, base);
        return topicLengthBytes(buffer, base) == 1 ? buffer.get(at) : buffer.getShort(at);
    }

    public static String topic(ByteBuffer buffer, int base) {
        return Utf8.text(buffer, topicPosition(buffer, base), topicLength(buffer, base));
    }

    /** Index in {@code buffer} of the first byte of the properties. */
    public static int propertiesPosition(ByteBuffer buffer, int base) {
        return topicPosition(buffer, base) + topicLength(buffer, base) + Short.BYTES;
    }

    /** Bytes of the properties. */
    public static int propertiesLength(ByteBuffer buffer, int base) {
        return buffer.getShort(propertiesPosition(buffer, base) - Short.BYTES);
    }

    /** One property's value, or the empty text; see {@link PropertyCursor} to look for several at once. */
    public static String property(ByteBuffer buffer, int base, String name) {
        return MessageProperties.find(buffer, propertiesPosition(buffer, base), propertiesLength(buffer, base), name);
    }

    private static int storeTimestampPosition(ByteBuffer buffer, int base) {
        return base + BORN_HOST_AT + (SysFlag.isBornHostV6(sysFlag(buffer, base)) ? IPV6_HOST : IPV4_HOST);
    }

    private static int reconsumeTimesPosition(ByteBuffer buffer, int base) {
        return storeTimestampPosition(buffer, base)
                + Long.BYTES
                + (SysFlag.isStoreHostV6(sysFlag(buffer, base)) ? IPV6_HOST : IPV4_HOST);
    }

    private static int topicLengthPosition(ByteBuffer buffer, int base) {
        int body = bodyPosition(buffer, base);
        return body + buffer.getInt(body - Integer.BYTES);
    }

    static int topicLengthBytes(ByteBuffer buffer, int base) {
        return magic(buffer, base) == MAGIC_V1 ? Byte.BYTES : Short.BYTES;
    }

    private static int sysFlagWithHosts(MessageDraft draft) {
        return SysFlag.withHosts(
                draft.sysFlag(), draft.bornHost().isIpv6(), draft.storeHost().isIpv6());
    }

    private static boolean needsSeparator(ByteBuffer properties) {
        return properties.hasRemaining() && properties.get(properties.limit() - 1) != MessageProperties.ENTRY_SEPARATOR;
    }

    private static void append(ByteBuffer target, ByteBuffer source) {
        int length = source.remaining();
        target.put(target.position(), source, source.position(), length);
        target.position(target.position() + length);
    }
}
