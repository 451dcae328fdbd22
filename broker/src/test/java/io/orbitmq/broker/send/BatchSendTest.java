package io.orbitmq.broker.send;

import static io.orbitmq.broker.send.SendFixture.encoded;
import static io.orbitmq.broker.send.SendFixture.fields;
import static io.orbitmq.broker.send.SendFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.MessageBatch;
import io.orbitmq.store.AppendOutcome.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BatchSendTest {

    private final SendFixture broker = new SendFixture();

    @Test
    void itemsAreStoredOneByOneWithTheBatchsPropertiesBehindTheirOwn() {
        Command answer = send(batch("TopicA", "UNIQ_KEY^BATCH~WAIT^true~"), items("KEYS^a~UNIQ_KEY^1~", "KEYS^b"));

        assertThat(answer.code()).isZero();
        assertThat(answer.fields().text("transactionId")).isEqualTo("BATCH");
        assertThat(answer.fields().text("queueOffset")).isEqualTo("0");
        assertThat(answer.fields().text("queueId")).isEqualTo("1");
        assertThat(answer.fields().text("msgId").split(",")).hasSize(2).doesNotHaveDuplicates();
        assertThat(broker.store.stored()).hasSize(2);
        assertThat(broker.store.stored().get(0).properties())
                .isEqualTo("KEYS^a~UNIQ_KEY^1~UNIQ_KEY^BATCH~WAIT^true~"
                        + "MSG_REGION^DefaultRegion~CLUSTER^DefaultCluster~TRACE_ON^true~");
        assertThat(broker.store.stored().get(1).properties()).startsWith("KEYS^b~UNIQ_KEY^BATCH~");
        assertThat(broker.store.stored().get(0).body()).isEqualTo("body0");
        assertThat(broker.store.stored().get(1).draft().flag()).isEqualTo(1);
        assertThat(broker.traffic).containsExactly("TopicA 2 200");
    }

    @Test
    void batchWithoutUniqueKeyGetsNone() {
        Command answer = send(batch("TopicA", ""), items("KEYS^a~"));

        assertThat(answer.fields().has("transactionId")).isFalse();
        assertThat(broker.store.last().properties()).doesNotContain("UNIQ_KEY");
    }

    @Test
    void headerDecidesAboutBatchingNotTheCode() {
        send(fields("TopicA", 1, "UNIQ_KEY^K~"), items("KEYS^a~", "KEYS^b~"));
        assertThat(broker.store.stored()).hasSize(1);

        broker.send(request(310, batch("TopicA", ""), items("KEYS^a~", "KEYS^b~")));
        assertThat(broker.store.stored()).hasSize(3);
    }

    @Test
    void retryTopicsTakeNoBatches() {
        broker.topics.put(TopicConfig.of("%RETRY%G", 4, 4, 6));

        Command answer = send(batch("%RETRY%G", ""), items("KEYS^a~"));

        assertThat(answer.code()).isEqualTo(13);
        assertThat(answer.remark()).isEqualTo("batch request does not support retry group %RETRY%G");
    }

    @Test
    void delayedAndTransactionalBatchesAreIllegal() {
        assertThat(send(batch("TopicA", "DELAY^3~"), items("KEYS^a~")).code()).isEqualTo(13);
        assertThat(send(batch("TopicA", "").put("f", "4"), items("KEYS^a~")).code())
                .isEqualTo(13);
        assertThat(send(batch("TopicA", "DELAY^0~"), items("KEYS^a~")).code()).isZero();
    }

    @Test
    void brokenBatchIsRefusedAndNothingIsStored() {
        byte[] broken = items("KEYS^a~", "KEYS^b~");
        broken[3]++;

        Command answer = send(batch("TopicA", ""), broken);

        assertThat(answer.code()).isEqualTo(13);
        assertThat(answer.remark()).contains("item 0 of the batch");
        assertThat(broker.store.stored()).isEmpty();
        assertThat(send(batch("TopicA", ""), new byte[] {1, 2, 3}).code()).isEqualTo(13);
    }

    @Test
    void batchAsAWholeIsBoundByTheLimitOfABody() {
        byte[] large = new byte[4 * 1024 * 1024 + 1];

        Command answer = send(batch("TopicA", ""), large);

        assertThat(answer.code()).isEqualTo(13);
        assertThat(answer.remark()).contains("4194305 bytes");
    }

    @Test
    void everyMessageForACompactedTopicNeedsKeys() {
        broker.topics.put(
                new TopicConfig("Compact", 2, 2, 6, "SINGLE_TAG", 0, false, Map.of("cleanup.policy", "COMPACTION")));

        assertThat(send(batch("Compact", ""), items("KEYS^a~", "TAGS^b~")).code())
                .isEqualTo(13);
        assertThat(send(batch("Compact", ""), items("KEYS^a~", "KEYS^b~")).code())
                .isZero();
    }

    @Test
    void refusedBatchKeepsTheStoresReason() {
        broker.store.refuse(Reason.BUSY, "1000 messages wait for the disk");

        Command answer = send(batch("TopicA", ""), items("KEYS^a~"));

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.remark()).contains("1000 messages wait for the disk");
    }

    private Command send(Fields.Builder header, byte[] body) {
        return broker.send(request(320, header, body)).response();
    }

    private static Fields.Builder batch(String topic, String properties) {
        return fields(topic, 1, properties).put("m", "true");
    }

    private static byte[] items(String... properties) {
        List<MessageBatch.Item> items = new ArrayList<>();
        for (int i = 0; i < properties.length; i++) {
            items.add(new MessageBatch.Item(
                    i,
                    ByteBuffer.wrap(("body" + i).getBytes(StandardCharsets.UTF_8)),
                    ByteBuffer.wrap(encoded(properties[i]).getBytes(StandardCharsets.UTF_8))));
        }
        ByteBuffer batch = MessageBatch.encode(items);
        byte[] bytes = new byte[batch.remaining()];
        batch.get(bytes);
        return bytes;
    }
}
