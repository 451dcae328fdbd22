package io.orbitmq.protocol.header.pop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.body.pop.BatchAck;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.MalformedBodyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts and frames captured from official 5.3.3 peers (protocol/08). */
final class PopTextsTest {

    @Test
    void readsTheCapturedPop() {
        Fields captured = Fields.of(
                "pollTime", "15000",
                "invisibleTime", "60000",
                "queueId", "-1",
                "bornTime", "1795225311006",
                "maxMsgNums", "32",
                "bname", "broker-a",
                "topic", "TopPop",
                "expType", "TAG",
                "exp", "*",
                "consumerGroup", "GPop",
                "initMode", "0",
                "order", "false");

        PopRequestHeader header = PopRequestHeader.from(captured);

        assertThat(header)
                .isEqualTo(new PopRequestHeader(
                        "GPop", "TopPop", -1, 32, 60_000, 15_000, 1_795_225_311_006L, 0, "TAG", "*", false, ""));
        assertThat(PopRequestHeader.from(header.toFields())).isEqualTo(header);
    }

    @Test
    void writesTheCapturedListsOfOffsets() {
        OffsetTexts texts =
                new OffsetTexts().queue(0, 1, 0, new long[] {0, 1}, 2).queue(0, 0, 0, new long[] {0, 1, 2, 9}, 3);

        assertThat(texts.startOffsets()).isEqualTo("0 1 0;0 0 0");
        assertThat(texts.messageOffsets()).isEqualTo("0 1 0,1;0 0 0,1,2");
        assertThat(texts.orderCounts()).isEmpty();
        assertThat(new OffsetTexts()
                        .messageCount(0, 0, 0, 1)
                        .messageCount(0, 0, 1, 1)
                        .queueCount(0, 0, 1)
                        .orderCounts())
                .isEqualTo("0 qo0%0 1;0 qo0%1 1;0 0 1");
    }

    @Test
    void readsAndWritesReceiptHandles() {
        String captured = "0 1795225314432 60000 1 0 broker-a 0 0";

        ReceiptHandle handle = ReceiptHandle.parse(captured);

        assertThat(handle).isEqualTo(new ReceiptHandle(0, 1_795_225_314_432L, 60_000, 1, 0, "broker-a", 0, 0));
        assertThat(handle.text()).isEqualTo(captured);
        assertThat(ReceiptHandle.parse(captured + " more")).isEqualTo(handle);
        assertThat(ReceiptHandle.parse("0 1795225314432 60000 999 0 broker-a 0").offset())
                .isEqualTo(-1);
        assertThatThrownBy(() -> ReceiptHandle.parse("0 1 2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReceiptHandle.parse("a 1 2 3 4 b 6 7")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsAndWritesTheCapturedBatchOfAcks() {
        String captured =
                "{\"acks\":[{\"b\":\"CQI=\",\"c\":\"G\",\"it\":60000,\"pt\":1795225538800,\"q\":1,\"r\":\"0\","
                        + "\"rq\":3,\"so\":5,\"t\":\"T\"}],\"brokerName\":\"broker-a\"}";

        BatchAck batch = decode(captured);

        BitSet bits = new BitSet();
        bits.set(0);
        bits.set(3);
        bits.set(9);
        assertThat(batch)
                .isEqualTo(new BatchAck(
                        "broker-a",
                        List.of(new BatchAck.Acked("G", "T", 0, 5, 1, 3, 1_795_225_538_800L, 60_000, bits))));
        assertThat(new String(batch.encode(), StandardCharsets.UTF_8)).isEqualTo(captured);
        assertThat(decode("").acks()).isEmpty();
        assertThatThrownBy(() -> decode(captured.replace("\"r\":\"0\"", "\"r\":\"3\"")))
                .isInstanceOf(MalformedBodyException.class);
        assertThatThrownBy(() -> decode(captured.replace("CQI=", "*"))).isInstanceOf(MalformedBodyException.class);
    }

    private static BatchAck decode(String body) {
        return BatchAck.decode(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }
}
