package io.orbitmq.broker.send;

import static io.orbitmq.broker.send.SendFixture.encoded;
import static io.orbitmq.broker.send.SendFixture.fields;
import static io.orbitmq.broker.send.SendFixture.message;
import static io.orbitmq.broker.send.SendFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.SendSettings;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SendHandlerTest {

    private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);

    private final SendFixture broker = new SendFixture();

    @Test
    void capturedMessageIsStoredAndAnsweredAsOnTheProtocolPage() {
        Command answer =
                broker.answer(fields("TopicA", 1, "a^5~KEYS^key1 key2~UNIQ_KEY^FD000000F6150000~WAIT^true~TAGS^TagA~"));

        long position = broker.store.last().position();
        assertThat(answer.code()).isZero();
        assertThat(answer.flag()).isEqualTo(1);
        assertThat(answer.fields())
                .isEqualTo(Fields.of(
                        "queueId", "1",
                        "transactionId", "FD000000F6150000",
                        "msgId", "7F00000100004EF2" + String.format("%016X", position),
                        "TRACE_ON", "true",
                        "MSG_REGION", "DefaultRegion",
                        "queueOffset", "0"));
        assertThat(broker.store.last().topic()).isEqualTo("TopicA");
        assertThat(broker.store.last().queueId()).isEqualTo(1);
        assertThat(broker.store.last().body()).isEqualTo("hello");
        assertThat(broker.store.last().draft().flag()).isEqualTo(7);
        assertThat(broker.store.last().draft().bornTimestamp()).isEqualTo(1_795_225_017_881L);
        assertThat(broker.store.last().draft().bornHost()).hasToString("127.0.0.1:37914");
        assertThat(broker.store.last().draft().storeHost()).hasToString("127.0.0.1:20210");
        assertThat(broker.store.last().properties())
                .isEqualTo("a^5~KEYS^key1 key2~UNIQ_KEY^FD000000F6150000~WAIT^true~TAGS^TagA~"
                        + "MSG_REGION^DefaultRegion~CLUSTER^DefaultCluster~TRACE_ON^true~");
        assertThat(broker.traffic).containsExactly("TopicA 1 100");
    }

    @Test
    void firstVersionOfTheRequestHasLongNames() {
        Fields.Builder header = Fields.builder()
                .put("producerGroup", "p")
                .put("topic", "TopicA")
                .put("defaultTopic", "TBW102")
                .put("defaultTopicQueueNums", "4")
                .put("queueId", "2")
                .put("sysFlag", "769")
                .put("bornTimestamp", "5")
                .put("flag", "0")
                .put("properties", encoded("UNIQ_KEY^K~"))
                .put("reconsumeTimes", "3");

        Command answer = broker.send(request(10, header, BODY)).response();

        assertThat(answer.fields().text("queueId")).isEqualTo("2");
        assertThat(broker.store.last().draft().sysFlag()).isEqualTo(769);
        assertThat(broker.store.last().draft().reconsumeTimes()).isEqualTo(3);
    }

    @Test
    void answerWaitsForTheDisk() {
        broker.store.holdDurability();

        RecordingExchange exchange = broker.send(message(fields("TopicA", 0, "UNIQ_KEY^K~")));

        assertThat(exchange.isAnswered()).isFalse();
        assertThat(broker.store.turns()).isPositive();
        broker.store.makeDurable();
        assertThat(exchange.response().code()).isZero();
    }

    @Test
    void slowDiskIsAnsweredAsFlushTimeoutWithAllFields() {
        broker.store.holdDurability();
        RecordingExchange exchange = broker.send(message(fields("TopicA", 0, "UNIQ_KEY^K~")));
        broker.scheduler.advance(Duration.ofMillis(4_900));
        assertThat(exchange.isAnswered()).isFalse();

        broker.scheduler.advance(Duration.ofMillis(600));

        assertThat(exchange.response().code()).isEqualTo(10);
        assertThat(exchange.response().fields().has("msgId")).isTrue();
        assertThat(exchange.response().fields().text("queueOffset")).isEqualTo("0");
        broker.store.makeDurable();
        assertThat(exchange.response().code()).isEqualTo(10);
    }

    @Test
    void diskThatFailsAfterTheAppendIsAnsweredAsUnavailable() {
        broker.store.holdDurability();
        RecordingExchange exchange = broker.send(message(fields("TopicA", 0, "UNIQ_KEY^K~")));

        broker.store.loseDurability("fsync failed with EIO");

        assertThat(exchange.response().code()).isEqualTo(14);
        assertThat(exchange.response().remark()).contains("fsync failed with EIO");
    }

    @Test
    void producerThatDoesNotWaitIsAnsweredAtOnce() {
        broker.store.holdDurability();

        Command answer = broker.answer(fields("TopicA", 0, "WAIT^false~UNIQ_KEY^K~"));

        assertThat(answer.code()).isZero();
    }

    @Test
    void oneWayMessageIsStoredAndNotAnswered() {
        RecordingExchange exchange =
                broker.send(message(fields("TopicA", 0, "UNIQ_KEY^K~")).asOneWay());

        assertThat(exchange.isAnswered()).isFalse();
        assertThat(broker.store.stored()).hasSize(1);
        assertThat(broker.store.turns()).isPositive();
    }

    @Test
    void missingUniqueKeyIsMadeByTheBroker() {
        Command answer = broker.answer(fields("TopicA", 0, "TAGS^a"));

        String key = answer.fields().text("transactionId");
        assertThat(key).hasSize(32).matches("[0-9A-F]+");
        assertThat(broker.store.last().properties())
                .isEqualTo(
                        "TAGS^a~UNIQ_KEY^" + key + "~MSG_REGION^DefaultRegion~CLUSTER^DefaultCluster~TRACE_ON^true~");
    }

    @Test
    void brokersOwnPropertiesReplaceTheProducersAndReceiptsAreRemoved() {
        broker.answer(fields(
                "TopicA", 0, "POP_CK^x~MSG_REGION^there~CLUSTER^other~TRACE_ON^false~UNIQ_KEY^K~__CRC32#^1~TAGS^a~"));

        assertThat(broker.store.last().properties())
                .isEqualTo("UNIQ_KEY^K~TAGS^a~MSG_REGION^DefaultRegion~CLUSTER^DefaultCluster~TRACE_ON^true~");
    }

    @Test
    void changedAndDeletedTopicsCountFromTheNextSendOn() {
        assertThat(broker.answer(fields("TopicA", 3, "UNIQ_KEY^K1~")).code()).isZero();

        broker.topics.put(TopicConfig.of("TopicA", 2, 2, 6));
        assertThat(broker.answer(fields("TopicA", 3, "UNIQ_KEY^K2~")).code()).isEqualTo(29);
        assertThat(broker.answer(fields("TopicA", 1, "UNIQ_KEY^K3~")).code()).isZero();

        broker.topics.delete("TopicA");
        assertThat(broker.answer(fields("TopicA", 1, "UNIQ_KEY^K4~").put("c", "nothing"))
                        .code())
                .isEqualTo(17);

        broker.topics.put(TopicConfig.of("TopicA", 4, 4, 6));
        assertThat(broker.answer(fields("TopicA", 3, "UNIQ_KEY^K5~")).code()).isZero();
        assertThat(broker.store.stored()).hasSize(3);
    }

    @Test
    void propertiesBeyondAsciiAreStoredInProperUtf8() {
        broker.answer(fields("TopicA", 0, "a^Gr\u00fc\u00dfe \u20ac \ud83d\ude00~lone^\ud800~UNIQ_KEY^K\u00e4~"));

        assertThat(broker.store.last().properties())
                .startsWith("a^Gr\u00fc\u00dfe \u20ac \ud83d\ude00~lone^?~UNIQ_KEY^K\u00e4~");
    }

    @Test
    void traceSwitchIsToldAndStored() {
        broker.config.update(all -> all.withSends(new SendSettings(false, false, 0, true)));

        Command answer = broker.answer(fields("TopicA", 0, "UNIQ_KEY^K~"));

        assertThat(answer.fields().text("TRACE_ON")).isEqualTo("false");
        assertThat(broker.store.last().properties()).endsWith("TRACE_ON^false~");
    }

    @Test
    void negativeQueueIsChosenByTheBroker() {
        Set<String> chosen = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            chosen.add(
                    broker.answer(fields("TopicA", -1, "UNIQ_KEY^K~")).fields().text("queueId"));
        }

        assertThat(chosen).containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    @Test
    void unknownTopicIsCreatedFromTheTemplate() {
        Command answer = broker.answer(fields("New", 3, "UNIQ_KEY^K~"));
        assertThat(answer.code()).isZero();
        assertThat(broker.topics.find("New")).contains(TopicConfig.of("New", 4, 4, 6));

        broker.answer(fields("Wide", 0, "UNIQ_KEY^K~").put("d", "9").put("k", "true"));
        assertThat(broker.topics.find("Wide").orElseThrow().writeQueues()).isEqualTo(8);
        assertThat(broker.topics.find("Wide").orElseThrow().sysFlag()).isEqualTo(1);
    }

    @Test
    void topicIsNotCreatedWithoutTemplateOrWhenSwitchedOff() {
        Command noTemplate = broker.answer(fields("New", 0, "UNIQ_KEY^K~").put("c", "nothing"));
        assertThat(noTemplate.code()).isEqualTo(17);
        assertThat(noTemplate.remark())
                .isEqualTo("topic[New] not exist, apply first please!\n"
                        + "See https://rocketmq.apache.org/docs/bestPractice/06FAQ for further details.");
        assertThat(noTemplate.fields()).isEqualTo(Fields.of("MSG_REGION", "DefaultRegion", "TRACE_ON", "true"));

        assertThat(broker.answer(fields("New", 0, "UNIQ_KEY^K~").put("c", "TopicA"))
                        .code())
                .isEqualTo(17);

        broker.config.update(all -> all.withTopics(all.topics().withAutoCreate(false)));
        assertThat(broker.answer(fields("New", 0, "UNIQ_KEY^K~")).code()).isEqualTo(17);
    }

    @Test
    void topicThatCannotBeCreatedIsAnsweredWithTheStoresReason() {
        broker.store.refuse(Reason.DISK_FULL, "the disk is full");

        Command answer = broker.answer(fields("New", 0, "UNIQ_KEY^K~"));

        assertThat(answer.code()).isEqualTo(14);
        assertThat(answer.remark()).contains("the disk is full");
    }

    @Test
    void emptyBodyIsRefused() {
        Command answer =
                broker.send(request(310, fields("TopicA", 0, ""), new byte[0])).response();

        assertThat(answer.code()).isEqualTo(1);
        assertThat(broker.store.stored()).isEmpty();
    }

    @Test
    void sendsBeforeTheOpeningTimeAreRefused() {
        long later = broker.clock.epochMs() + 1000;
        broker.config.update(all -> all.withSends(new SendSettings(true, false, later, true)));
        Command early = broker.answer(fields("TopicA", 0, "UNIQ_KEY^K~"));
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.remark())
                .matches("broker unable to service, until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}");

        broker.scheduler.advance(Duration.ofSeconds(1));

        assertThat(broker.answer(fields("TopicA", 0, "UNIQ_KEY^K~")).code()).isZero();
    }

    @Test
    void brokerWithoutWritePermissionRefusesOnlyOrderedTopics() {
        broker.topics.put(TopicConfig.of("Ordered", 4, 4, 6).withOrder(true));
        broker.config.update(all -> all.withTopics(all.topics().withBrokerPermission(4)));

        Command ordered = broker.answer(fields("Ordered", 0, "UNIQ_KEY^K~"));
        assertThat(ordered.code()).isEqualTo(16);
        assertThat(ordered.remark()).isEqualTo("the broker[127.0.0.1] sending message is forbidden");
        assertThat(broker.answer(fields("TopicA", 0, "UNIQ_KEY^K~")).code()).isZero();
    }

    @Test
    void topicsOwnPermissionIsNotChecked() {
        broker.topics.put(TopicConfig.of("ReadOnly", 4, 4, 4));

        assertThat(broker.answer(fields("ReadOnly", 0, "UNIQ_KEY^K~")).code()).isZero();
    }

    @Test
    void illegalNamesAreRefusedInTheServersWords() {
        assertRefused(
                fields("with space", 0, ""),
                29,
                "The specified topic contains illegal characters, allowing only ^[%|a-zA-Z0-9_-]+$");
        assertRefused(fields(" ", 0, ""), 29, "The specified topic is blank.");
        assertRefused(fields("t".repeat(128), 0, ""), 29, "The specified topic is longer than topic max length.");
        assertThat(broker.answer(fields("t".repeat(127), 0, "")).code()).isZero();
    }

    @Test
    void closedTopicsAreRefused() {
        assertRefused(
                fields("SCHEDULE_TOPIC_XXXX", 0, ""),
                16,
                "Sending message to topic[SCHEDULE_TOPIC_XXXX] is forbidden.");
        assertThat(broker.answer(fields("RMQ_SYS_TRANS_HALF_TOPIC", 0, "")).code())
                .isEqualTo(16);
        assertThat(broker.answer(fields("TBW102", 0, "")).code()).isZero();
    }

    @Test
    void nobodySendsToTheTopicOfStateChanges() {
        int changes = broker.store.changes().size();

        assertThat(broker.answer(fields("rmq_sys_ORBIT_STATE", 0, "")).code()).isEqualTo(16);

        assertThat(broker.store.stored()).isEmpty();
        assertThat(broker.store.changes()).hasSize(changes);
    }

    @Test
    void queueOutOfRangeIsRefusedWithTopicAndProducer() {
        assertRefused(
                fields("TopicA", 99, ""),
                29,
                "request queueId[99] is illegal, TopicConfig [topicName=TopicA, readQueueNums=4, writeQueueNums=4,"
                        + " perm=RW-, topicFilterType=SINGLE_TAG, topicSysFlag=0, order=false, attributes={}]"
                        + " Producer: 127.0.0.1:37914");
        assertThat(broker.answer(fields("TopicA", 4, "")).code()).isEqualTo(29);
        assertThat(broker.answer(fields("TopicA", 3, "")).code()).isZero();
    }

    @Test
    void compactedTopicNeedsKeys() {
        broker.topics.put(
                new TopicConfig("Compact", 1, 1, 6, "SINGLE_TAG", 0, false, Map.of("cleanup.policy", "COMPACTION")));

        assertRefused(fields("Compact", 0, "UNIQ_KEY^K~"), 13, "Required message key is missing");
        assertThat(broker.answer(fields("Compact", 0, "KEYS^k~")).code()).isZero();
    }

    @Test
    void multiTagTopicMarksItsMessages() {
        broker.topics.put(new TopicConfig("Multi", 1, 1, 6, "MULTI_TAG", 0, false, Map.of()));

        broker.answer(fields("Multi", 0, "UNIQ_KEY^K~"));

        assertThat(broker.store.last().draft().sysFlag()).isEqualTo(2);
    }

    @Test
    void halfMessagesAreRefusedWhenTheBrokerIsToldTo() {
        broker.config.update(all -> all.withSends(new SendSettings(true, true, 0, true)));
        assertRefused(
                fields("TopicA", 0, "TRAN_MSG^true~PGROUP^p~").put("f", "4"),
                16,
                "the broker[127.0.0.1] sending transaction message is forbidden");
    }

    @Test
    void halfMessageWithoutKeyOrGroupGetsBoth() {
        broker.answer(fields("TopicA", 0, "TRAN_MSG^true~").put("f", "4"));

        assertThat(broker.store.last().topic()).isEqualTo("RMQ_SYS_TRANS_HALF_TOPIC");
        assertThat(broker.store.last().properties())
                .contains("PGROUP^PG_T1~")
                .containsPattern("UNIQ_KEY\\^([0-9A-F]{32})~__transactionId__\\^\\1~");
    }

    @Test
    void committedMessageThatComesBackForAnotherTryIsNoHalfMessage() {
        broker.answer(fields("TopicA", 0, "TRAN_MSG^true~DELAY^3~UNIQ_KEY^K~").put("j", "1"));

        assertThat(broker.store.last().topic()).isEqualTo("SCHEDULE_TOPIC_XXXX");
    }

    @Test
    void strayTransactionBitsDoNotHideAMessage() {
        broker.answer(fields("TopicA", 0, "UNIQ_KEY^K~").put("f", "12"));

        assertThat(broker.store.last().draft().sysFlag()).isZero();
    }

    @Test
    void innerBatchNumberIsTheBrokersOwn() {
        Command answer = broker.answer(fields("TopicA", 0, "INNER_NUM^2~"));

        assertThat(answer.code()).isEqualTo(13);
        assertThat(answer.remark()).contains("INNER_NUM");
    }

    @Test
    void passedDeliveryTimeIsNoDelay() {
        long now = broker.clock.epochMs();

        broker.answer(fields("TopicA", 0, "TIMER_DELIVER_MS^" + now + "~"));
        assertThat(broker.store.last().topic()).isEqualTo("TopicA");
        broker.answer(fields("TopicA", 0, "TIMER_DELAY_SEC^7~TIMER_OUT_MS^9~"));
        assertThat(broker.store.last().topic()).isEqualTo("TopicA");
    }

    @Test
    void bodyLongerThanTheLimitIsRefused() {
        broker.config.update(all -> all.withSends(all.sends().withMaxBodyBytes(BODY.length - 1)));

        Command refused = broker.answer(fields("TopicA", 0, "UNIQ_KEY^K~"));

        assertThat(refused.code()).isEqualTo(13);
        assertThat(refused.remark())
                .startsWith("the message is illegal")
                .contains("length limit 4B")
                .contains("The body has 5 bytes, the limit is 4 (maxMessageSize).");
        assertThat(broker.store.stored()).isEmpty();
        broker.config.update(all -> all.withSends(all.sends().withMaxBodyBytes(BODY.length)));
        assertThat(broker.answer(fields("TopicA", 0, "UNIQ_KEY^K~")).code()).isZero();
    }

    @Test
    void storeRefusalsKeepTheirReason() {
        assertStoreRefusal(
                Reason.MESSAGE_ILLEGAL,
                13,
                "the message is illegal, maybe msg body or properties length not"
                        + " matched. msg body length limit 4194304B, msg properties length limit 32KB. why");
        assertStoreRefusal(Reason.DISK_FULL, 14, "service not available now. why");
        assertStoreRefusal(Reason.CLOSED, 14, "service not available now. why");
        assertStoreRefusal(Reason.FENCED, 14, "service not available now. why");
        assertStoreRefusal(Reason.BUSY, 2, "system busy. why");
    }

    @Test
    void allMessagesOfATurnEndItOnce() {
        broker.store.holdDurability();
        int turns = broker.store.turns();
        RecordingExchange first = new RecordingExchange(message(fields("TopicA", 0, "UNIQ_KEY^1~")), broker.connection);
        RecordingExchange second =
                new RecordingExchange(message(fields("TopicA", 0, "UNIQ_KEY^2~")), broker.connection);

        broker.handler.handle(first);
        broker.handler.handle(second);
        first.endTurn();

        assertThat(broker.store.turns()).isEqualTo(turns + 1);
        broker.store.makeDurable();
        assertThat(first.response().fields().text("queueOffset")).isEqualTo("0");
        assertThat(second.response().fields().text("queueOffset")).isEqualTo("1");
    }

    private void assertStoreRefusal(Reason reason, int code, String remark) {
        broker.store.refuse(reason, "why");
        assertRefused(fields("TopicA", 0, "UNIQ_KEY^K~"), code, remark);
    }

    private void assertRefused(Fields.Builder fields, int code, String remark) {
        Command answer = broker.answer(fields);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).isEqualTo(remark);
    }
}
