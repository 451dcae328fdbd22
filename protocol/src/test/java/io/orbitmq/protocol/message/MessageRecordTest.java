package io.orbitmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageRecordTest {

    private static final String CAPTURED_PROPERTIES =
            "MSG_REGION\u0001DefaultRegion\u0002UNIQ_KEY\u0001FD00000000000000"
                    + "00000000000000023619"
                    + "30946E096757F6150000\u0002CLUSTER\u0001DefaultCluster\u0002TAGS\u0001TagA\u0002KEYS"
                    + "\u0001key1 key2\u0002WAIT\u0001true\u0002a\u00015\u0002TRACE_ON\u0001true\u0002";

    @Test
    void readsTheCapturedRecord() {
        ByteBuffer record = captured();

        assertThat(MessageRecord.totalSize(record, 3)).isEqualTo(269);
        assertThat(MessageRecord.magic(record, 3)).isEqualTo(MessageRecord.MAGIC_V1);
        assertThat(MessageRecord.bodyCrc(record, 3)).isEqualTo(0x3610a686);
        assertThat(MessageRecord.queueId(record, 3)).isEqualTo(1);
        assertThat(MessageRecord.flag(record, 3)).isEqualTo(7);
        assertThat(MessageRecord.queueOffset(record, 3)).isZero();
        assertThat(MessageRecord.physicalOffset(record, 3)).isZero();
        assertThat(MessageRecord.sysFlag(record, 3)).isZero();
        assertThat(MessageRecord.bornTimestamp(record, 3)).isEqualTo(1795225017881L);
        assertThat(MessageRecord.bornHost(record, 3)).hasToString("127.0.0.1:49790");
        assertThat(MessageRecord.storeTimestamp(record, 3)).isEqualTo(1795225018145L);
        assertThat(MessageRecord.storeHost(record, 3)).hasToString("127.0.0.1:20210");
        assertThat(MessageRecord.reconsumeTimes(record, 3)).isZero();
        assertThat(MessageRecord.preparedTransactionOffset(record, 3)).isZero();
        assertThat(MessageRecord.bodyLength(record, 3)).isEqualTo(5);
        assertThat(MessageRecord.bodyPosition(record, 3)).isEqualTo(3 + 88);
        assertThat(MessageRecord.topic(record, 3)).isEqualTo("TopicA");
        assertThat(MessageRecord.propertiesLength(record, 3)).isEqualTo(167);
        assertThat(MessageRecord.property(record, 3, PropertyNames.KEYS)).isEqualTo("key1 key2");
        assertThat(MessageRecord.verify(record, 3, 0)).isEqualTo(RecordVerdict.WHOLE);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,10.0.0.1,1", "'::1',10.0.0.1,127", "10.0.0.1,'::1',128", "'fd00::2','fd00::1',255"})
    void whatIsWrittenIsReadBack(String born, String store, int topicLength) {
        String topic = "t".repeat(topicLength);
        MessageDraft draft = draft(born, store, "body", "TAGS\u0001x");
        ByteBuffer record = write(draft, topic, 3, 44, 5555, 66666);

        assertThat(record.limit()).isEqualTo(MessageRecord.sizeOf(draft, topicLength));
        assertThat(MessageRecord.verify(record, 0, 5555)).isEqualTo(RecordVerdict.WHOLE);
        assertThat(MessageRecord.magic(record, 0))
                .isEqualTo(topicLength > 127 ? MessageRecord.MAGIC_V2 : MessageRecord.MAGIC_V1);
        assertThat(MessageRecord.topic(record, 0)).isEqualTo(topic);
        assertThat(MessageRecord.queueId(record, 0)).isEqualTo(3);
        assertThat(MessageRecord.queueOffset(record, 0)).isEqualTo(44);
        assertThat(MessageRecord.storeTimestamp(record, 0)).isEqualTo(66666);
        assertThat(MessageRecord.bornHost(record, 0)).isEqualTo(draft.bornHost());
        assertThat(MessageRecord.storeHost(record, 0)).isEqualTo(draft.storeHost());
        assertThat(MessageRecord.reconsumeTimes(record, 0)).isEqualTo(2);
        assertThat(MessageRecord.preparedTransactionOffset(record, 0)).isEqualTo(99);
        assertThat(Utf8.text(record, MessageRecord.bodyPosition(record, 0), MessageRecord.bodyLength(record, 0)))
                .isEqualTo("body");
        assertThat(MessageProperties.ofRecord(record, 0).get("TAGS")).isEqualTo("x");
        assertThat(draft.body().remaining()).isEqualTo(4);
    }

    @Test
    void checksumDigitsStandLeastSignificantFirst() {
        ByteBuffer entry = ByteBuffer.allocate(20);
        ChecksumEntry.write(entry, 795353178);
        assertThat(new String(entry.array(), StandardCharsets.US_ASCII)).isEqualTo("__CRC32#\u00018713535970\u0002");
        assertThat(ChecksumEntry.read(entry, 0)).isEqualTo(795353178);
    }

    @Test
    void everyChangedByteIsNoticed() {
        byte[] good = write(draft("127.0.0.1", "127.0.0.1", "hello", "KEYS\u0001k\u0002"), "T", 0, 1, 77, 3)
                .array();
        Random random = new Random(42);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 + random.nextInt(255));
            assertThat(MessageRecord.verifySealed(ByteBuffer.wrap(bad), 0, 77))
                    .as("seed 42, changed byte %d", i)
                    .isNotEqualTo(RecordVerdict.WHOLE);
        }
    }

    @Test
    void everyTornLengthIsNoticed() {
        byte[] good = write(draft("127.0.0.1", "127.0.0.1", "hello", ""), "T", 0, 1, 77, 3)
                .array();
        for (int length = 0; length < good.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(good.clone()).limit(length);
            assertThat(MessageRecord.verify(cut, 0, 77)).isEqualTo(RecordVerdict.CUT_OFF);
            byte[] torn = new byte[good.length];
            System.arraycopy(good, 0, torn, 0, length);
            assertThat(MessageRecord.verify(ByteBuffer.wrap(torn), 0, 77)).isNotEqualTo(RecordVerdict.WHOLE);
        }
    }

    @Test
    void onlyOwnRecordsAreSealed() {
        ByteBuffer own = write(draft("127.0.0.1", "127.0.0.1", "", ""), "T", 0, 1, 0, 3);
        assertThat(MessageRecord.isSealed(own, 0)).isTrue();
        assertThat(MessageRecord.verifySealed(own, 0, 0)).isEqualTo(RecordVerdict.WHOLE);
        assertThat(MessageRecord.isSealed(captured(), 3)).isFalse();
        assertThat(MessageRecord.verifySealed(captured(), 3, 0)).isEqualTo(RecordVerdict.CHECKSUM_DIFFERS);
    }

    @Test
    void aRecordAtTheWrongPlaceIsNoticed() {
        assertThat(MessageRecord.verify(captured(), 3, 269)).isEqualTo(RecordVerdict.WRONG_PLACE);
    }

    @Test
    void arbitraryBytesGetAVerdict() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (bytes.length >= 40 && random.nextBoolean()) {
                buffer.putInt(0, bytes.length - random.nextInt(3)).putInt(4, MessageRecord.MAGIC_V1);
                buffer.putInt(36, random.nextInt(0x40));
            }
            assertThat(MessageRecord.verify(buffer, 0, 0)).as("seed 7").isNotEqualTo(RecordVerdict.WHOLE);
        }
    }

    @Test
    void blankRecordIsTheCapturedOne() {
        ByteBuffer blank = ByteBuffer.allocate(8);
        BlankRecord.write(blank, 0x3d5);
        assertThat(HexFormat.of().formatHex(blank.array())).isEqualTo("000003d5cbd43194");
        assertThat(BlankRecord.isAt(blank, 0)).isTrue();
        assertThat(BlankRecord.remaining(blank, 0)).isEqualTo(0x3d5);
        assertThat(MessageRecord.verify(blank, 0, 0)).isEqualTo(RecordVerdict.NO_RECORD);
    }

    private static ByteBuffer captured() {
        byte[] head = HexFormat.of()
                .parseHex("0000010d" + "daa320a7" + "3610a686" + "00000001" + "00000007" + "0000000000000000"
                        + "0000000000000000" + "00000000" + "000001a1fbbfde19" + "7f0000010000c27e"
                        + "000001a1fbbfdf21" + "7f00000100004ef2" + "00000000" + "0000000000000000" + "00000005"
                        + "68656c6c6f" + "06546f70696341" + "00a7");
        byte[] properties = CAPTURED_PROPERTIES.getBytes(StandardCharsets.UTF_8);
        assertThat(properties).hasSize(167);
        return ByteBuffer.allocate(3 + 269)
                .position(3)
                .put(head)
                .put(properties)
                .flip();
    }

    private static MessageDraft draft(String born, String store, String body, String properties) {
        return new MessageDraft(
                5,
                SysFlag.COMPRESSED,
                123456789L,
                HostAddress.of(new InetSocketAddress(born, 1)),
                HostAddress.of(new InetSocketAddress(store, 65535)),
                2,
                99,
                StandardCharsets.UTF_8.encode(body),
                StandardCharsets.UTF_8.encode(properties));
    }

    private static ByteBuffer write(
            MessageDraft draft, String topic, int queueId, long queueOffset, long position, long time) {
        byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        ByteBuffer target = ByteBuffer.allocate(MessageRecord.sizeOf(draft, topicBytes.length));
        MessageRecord.write(target, draft, topicBytes, queueId, queueOffset, position, time);
        assertThat(target.hasRemaining()).isFalse();
        return target;
    }
}
