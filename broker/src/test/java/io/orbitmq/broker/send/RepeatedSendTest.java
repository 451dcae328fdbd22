package io.orbitmq.broker.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.MessageBatch;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

final class RepeatedSendTest {

    private static final String KEYED = "UNIQ_KEY^K1~WAIT^true~TAGS^T~";

    private final RepeatWorld world;
    private RecordingConnection connection;

    RepeatedSendTest() throws IOException {
        world = new RepeatWorld(1);
        connection = world.connect();
    }

    @Test
    void storesTheSameMessageTwiceWhenItsAnswerArrived() {
        answer(KEYED, "hello");
        answer(KEYED, "hello");
        assertThatStored().containsExactly("hello", "hello");
    }

    @Test
    void givesTheFirstResultAgainWhenTheConnectionClosedSoonAfter() {
        Fields first = answer(KEYED, "hello").fields();
        reconnect();
        send("UNIQ_KEY^other~", "other");

        Command repeat = world.send(
                        connection,
                        SendFixture.request(
                                310,
                                SendFixture.fields(RepeatWorld.TOPIC, 3, KEYED).put("g", world.clock.epochMs()),
                                bytes("hello")))
                .response();

        assertThat(repeat.code()).isZero();
        assertThat(repeat.fields()).isEqualTo(first);
        assertThatStored().containsExactlyInAnyOrder("hello", "other");
        assertThat(world.repeats.counts().recognised()).isEqualTo(1);
    }

    @Test
    void aLostAnswerCoversOneRepeatOnly() {
        answer(KEYED, "hello");
        reconnect();
        answer(KEYED, "hello");
        answer(KEYED, "hello");
        assertThatStored().containsExactly("hello", "hello");
    }

    @Test
    void theAnswerToTheRepeatMayBeLostToo() {
        answer(KEYED, "hello");
        reconnect();
        answer(KEYED, "hello");
        reconnect();
        answer(KEYED, "hello");
        assertThatStored().containsExactly("hello");
    }

    @Test
    void anotherBodyTopicGroupOrPropertyIsAnotherMessage() {
        answer(KEYED, "hello");
        reconnect();
        answer(KEYED, "hullo");
        answer(KEYED + "a^5~", "hello");
        world.send(connection, world.message("BenchmarkTest", KEYED, "hello"));
        world.send(
                connection,
                SendFixture.request(310, world.fields(RepeatWorld.TOPIC, KEYED).put("a", "PG_OTHER"), bytes("hello")));
        assertThat(world.repeats.counts().recognised()).isZero();
        assertThatStored().hasSize(4);
    }

    @Test
    void anAnswerLongBeforeTheConnectionClosedHasArrived() {
        answer(KEYED, "hello");
        world.pass(Duration.ofSeconds(6));
        reconnect();
        answer(KEYED, "hello");
        assertThatStored().hasSize(2);
    }

    @Test
    void waitsForTheRepeatForTheWindowOnly() {
        answer(KEYED, "hello");
        world.cut(connection);
        world.pass(Duration.ofSeconds(61));
        connection = world.connect();
        answer(KEYED, "hello");
        assertThatStored().hasSize(2);
    }

    @Test
    void aRepeatOfWhatIsNotOnDiskYetWaitsForTheSameFlush() {
        world.store.hold(true);
        RecordingExchange first = send(KEYED, "hello");
        reconnect();
        RecordingExchange repeat = send(KEYED, "hello");
        assertThat(first.isAnswered()).isFalse();
        assertThat(repeat.isAnswered()).isFalse();

        world.store.hold(false);
        repeat.endTurn();

        assertThat(repeat.response().code()).isZero();
        assertThatStored().containsExactly("hello");
    }

    @Test
    void aLateAnswerCountsAsLostThoughTheConnectionIsOpen() {
        world.store.hold(true);
        send(KEYED, "hello");
        world.pass(Duration.ofMillis(2600));
        RecordingExchange repeat = send(KEYED, "hello");
        world.store.hold(false);
        repeat.endTurn();
        assertThat(repeat.isAnswered()).isTrue();
        assertThatStored().containsExactly("hello");
    }

    @Test
    void aQuickPendingSendIsNoReasonToSwallowAnother() {
        world.store.hold(true);
        send(KEYED, "hello");
        send(KEYED, "hello");
        world.store.hold(false);
        assertThatStored().hasSize(2);
    }

    @Test
    void aRequestThatCameLateByTheProducersClockMayBeGivenUp() {
        answer("UNIQ_KEY^K0~", "quick");
        Fields.Builder late = world.fields(RepeatWorld.TOPIC, KEYED).put("g", world.clock.epochMs() - 4000);
        world.send(connection, SendFixture.request(310, late, bytes("hello")));
        answer(KEYED, "hello");
        assertThatStored().containsExactly("quick", "hello");
    }

    @Test
    void aRepeatThatIsQuickerThanTheNoticeOfTheCloseIsHeld() {
        answer(KEYED, "hello");
        RecordingConnection broken = connection;
        broken.close();
        connection = world.connect();
        RecordingExchange repeat = send(KEYED, "hello");
        assertThat(repeat.isAnswered()).isFalse();

        world.repeats.closed(broken);
        world.pass(Duration.ofMillis(100));
        repeat.endTurn();

        assertThat(repeat.response().code()).isZero();
        assertThatStored().containsExactly("hello");
    }

    @Test
    void theSameMessageOverANewConnectionIsNewWhileTheOldOneLives() {
        answer(KEYED, "hello");
        connection = world.connect();
        RecordingExchange second = send(KEYED, "hello");
        world.pass(Duration.ofMillis(100));
        second.endTurn();
        assertThat(second.response().code()).isZero();
        assertThatStored().hasSize(2);
    }

    @Test
    void afterACrashTheLastSecondsMayBeRepeated() throws IOException {
        answer("UNIQ_KEY^K0~", "early");
        world.pass(Duration.ofSeconds(8));
        Fields first = answer(KEYED, "hello").fields();
        world.crash();
        world.pass(Duration.ofSeconds(10));
        connection = world.connect();

        assertThat(answer(KEYED, "hello").fields()).isEqualTo(first);
        answer("UNIQ_KEY^K0~", "early");
        assertThatStored().containsExactly("early", "hello", "early");
    }

    @Test
    void afterAnOrderlyStopNothingIsRemembered() throws IOException {
        answer(KEYED, "hello");
        world.store.close();
        world.open();
        connection = world.connect();
        answer(KEYED, "hello");
        assertThatStored().hasSize(2);
    }

    @Test
    void recognisesABatchByItsMembers() {
        Fields first =
                world.send(connection, batch("B1", "K1", "K2", "K3")).response().fields();
        reconnect();
        Fields repeat =
                world.send(connection, batch("B2", "K1", "K2", "K3")).response().fields();
        assertThat(repeat).isEqualTo(first);
        assertThatStored().containsExactly("K1", "K2", "K3");

        reconnect();
        world.send(connection, batch("B3", "K1", "K3"));
        assertThatStored().hasSize(5);
    }

    @Test
    void recognisesABatchWhoseKeysAreNotUtf8() {
        Command batch = batch(StandardCharsets.ISO_8859_1, "B1", "K\u00e91", "K2");
        Fields first = world.send(connection, batch).response().fields();
        reconnect();
        assertThat(world.send(connection, batch).response().fields()).isEqualTo(first);
        assertThatStored().containsExactly("K\u00e91", "K2");
    }

    @Test
    void recognisesDelayedTimedAndHalfMessages() {
        for (String kind :
                new String[] {"DELAY^3~", "DELAY^50~", "TIMER_DELAY_SEC^100~", "TRAN_MSG^true~PGROUP^PG_T1~"}) {
            String properties = "UNIQ_KEY^" + kind.hashCode() + "~" + kind;
            Fields first = answer(properties, "later").fields();
            reconnect();
            world.pass(Duration.ofMillis(1500));
            assertThat(answer(properties, "later").fields()).isEqualTo(first);
            answer(properties, "later");
        }
        assertThat(world.records(Names.SCHEDULE_TOPIC, 2)).hasSize(2);
        assertThat(world.records(Names.SCHEDULE_TOPIC, 17)).hasSize(2);
        assertThat(world.records(Names.HALF_TOPIC, 0)).hasSize(2);
        assertThat(world.repeats.counts().recognised()).isEqualTo(4);
    }

    @Test
    void aStrictTopicRecognisesEveryRepeat() {
        Fields first = strict("KEYS^a~").fields();
        assertThat(strict("KEYS^b~").fields()).isEqualTo(first);
        assertThat(strict("").fields()).isEqualTo(first);
        world.send(connection, world.message(RepeatWorld.STRICT, "UNIQ_KEY^K1~", "another"));
        assertThat(world.bodies(RepeatWorld.STRICT)).containsExactly("hello", "another");

        world.pass(Duration.ofSeconds(61));
        strict("");
        assertThat(world.bodies(RepeatWorld.STRICT)).hasSize(3);
    }

    @Test
    void switchedOffEverythingIsStored() {
        world.send(connection, world.message(RepeatWorld.OFF, KEYED, "hello"));
        reconnect();
        world.send(connection, world.message(RepeatWorld.OFF, KEYED, "hello"));
        assertThat(world.bodies(RepeatWorld.OFF)).hasSize(2);
    }

    @Test
    void oneWaySendsAreNeverRepeated() {
        world.send(connection, world.message(RepeatWorld.TOPIC, KEYED, "hello").asOneWay());
        reconnect();
        world.send(connection, world.message(RepeatWorld.TOPIC, KEYED, "hello").asOneWay());
        assertThatStored().hasSize(2);
    }

    private Command strict(String properties) {
        return world.send(connection, world.message(RepeatWorld.STRICT, "UNIQ_KEY^K1~" + properties, "hello"))
                .response();
    }

    private Command answer(String properties, String body) {
        return send(properties, body).response();
    }

    private RecordingExchange send(String properties, String body) {
        return world.send(connection, world.message(RepeatWorld.TOPIC, properties, body));
    }

    private ListAssert<String> assertThatStored() {
        return assertThat(world.bodies(RepeatWorld.TOPIC));
    }

    private void reconnect() {
        world.cut(connection);
        connection = world.connect();
    }

    private Command batch(String key, String... members) {
        return batch(StandardCharsets.UTF_8, key, members);
    }

    private Command batch(Charset ofProperties, String key, String... members) {
        List<MessageBatch.Item> items = new ArrayList<>();
        for (String member : members) {
            String properties = SendFixture.encoded("TAGS^T~UNIQ_KEY^" + member + "~");
            items.add(new MessageBatch.Item(
                    0, ByteBuffer.wrap(bytes(member)), ByteBuffer.wrap(properties.getBytes(ofProperties))));
        }
        ByteBuffer body = MessageBatch.encode(items);
        byte[] encoded = new byte[body.remaining()];
        body.get(encoded);
        return SendFixture.request(
                320,
                world.fields(RepeatWorld.TOPIC, "UNIQ_KEY^" + key + "~WAIT^true~")
                        .put("m", "true"),
                encoded);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
