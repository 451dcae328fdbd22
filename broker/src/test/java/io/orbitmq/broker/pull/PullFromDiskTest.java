package io.orbitmq.broker.pull;

import static io.orbitmq.broker.pull.PullFixture.offsetsIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.filter.SubscriptionFilters;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.MemberNotices;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.longpoll.LongPollConfig;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.offset.OffsetTable;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.node.LocalMessageStore;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls over the real store, with its own thread making messages visible. */
final class PullFromDiskTest {

    private static final int SUSPEND = 2;
    private static final int INLINE = 4;
    private static final int PATIENCE_SECONDS = 30;

    @TempDir
    private Path directory;

    private final Clock clock = new SystemClock();
    private final SystemScheduler scheduler = new SystemScheduler("pull-test");
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final RecordingConnection connection = new RecordingConnection();
    private LocalMessageStore store;
    private PullHandler handler;
    private HeldRequests held;

    @BeforeEach
    void open() throws IOException {
        TopicTable topicTable = new TopicTable();
        GroupConfigTable groupTable = new GroupConfigTable();
        OffsetTable offsetTable = new OffsetTable();
        BrokerConfig defaults = BrokerConfig.defaults(directory);
        LiveConfig config = new LiveConfig(defaults);
        store = LocalMessageStore.open(
                defaults.store().withSegmentSizeBytes(1 << 20),
                List.of(topicTable, groupTable, offsetTable),
                new SystemDisk(),
                clock,
                scheduler);
        StateLog log = new StateLog(store);
        Topics topics = new Topics(topicTable, log, clock);
        GroupConfigs groupConfigs = new GroupConfigs(groupTable, log, clock, config);
        ConsumerGroups groups = new ConsumerGroups(new MemberNotices(config, groupConfigs));
        held = new HeldRequests(clock, scheduler, LongPollConfig.of(1_000));
        store.onArrival(held);
        topics.put(TopicConfig.of("T", 2, 2, 6)).join();
        handler = new PullHandler(new PullParts(
                config,
                topics,
                groupConfigs,
                groups,
                new SubscriptionFilters(),
                new ConsumerOffsets(offsetTable, log),
                store,
                held,
                threads,
                TrafficRecorder.NONE,
                UnpooledByteBufAllocator.DEFAULT,
                clock));
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        store.close();
        scheduler.close();
    }

    @Test
    void everyMessageReachesAPullThatRacesWithIt() throws Exception {
        int messages = 1_000;
        Future<?> producer = threads.submit(() -> {
            for (int i = 0; i < messages; i++) {
                append("a", "m" + i);
                store.endTurn();
            }
        });

        long next = 0;
        while (next < messages) {
            Command answer = pull(next, "*", SUSPEND | INLINE);
            assertThat(answer.code())
                    .as("at offset %d: %s", next, answer.remark())
                    .isZero();
            List<Long> offsets = offsetsIn(answer);
            assertThat(offsets.get(0)).isEqualTo(next);
            next = answer.fields().longOr("nextBeginOffset", -1);
            assertThat(next).isEqualTo(offsets.get(offsets.size() - 1) + 1);
        }
        producer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(held.count()).isZero();
    }

    @Test
    void aFilteredPullSkipsWhatDoesNotMatch() throws Exception {
        for (int i = 0; i < 40; i++) {
            append(i % 4 == 0 ? "a" : "b", "m" + i);
        }
        awaitVisible(40);

        Command answer = pull(1, "a", INLINE);

        assertThat(offsetsIn(answer)).containsExactly(4L, 8L, 12L, 16L, 20L, 24L, 28L, 32L, 36L);
        assertThat(pull(37, "a", INLINE).code()).isEqualTo(20);
    }

    @Test
    void statusesAtTheEdgesOfAQueue() throws Exception {
        assertThat(pull(0, "*", INLINE).code()).isEqualTo(19);
        assertThat(pull(5, "*", INLINE).code()).isEqualTo(21);

        append("a", "m");
        awaitVisible(1);

        Command atEnd = pull(1, "*", INLINE);
        assertThat(atEnd.code()).isEqualTo(19);
        assertThat(atEnd.fields().text("nextBeginOffset")).isEqualTo("1");
        Command beyond = pull(9, "*", INLINE);
        assertThat(beyond.code()).isEqualTo(21);
        assertThat(beyond.fields().text("nextBeginOffset")).isEqualTo("1");
        Command before = pull(-4, "*", INLINE);
        assertThat(before.code()).isEqualTo(21);
        assertThat(before.fields().text("nextBeginOffset")).isEqualTo("0");
    }

    @Test
    void messagesOfManySegmentsComeInOrder() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            append("a", "x".repeat(1_000));
        }
        awaitVisible(3_000);

        long next = 0;
        while (next < 3_000) {
            Command answer = pull(next, "*", INLINE);
            assertThat(answer.code()).isZero();
            assertThat(offsetsIn(answer).get(0)).isEqualTo(next);
            next = answer.fields().longOr("nextBeginOffset", -1);
        }
    }

    private Command pull(long offset, String expression, int sysFlag) throws Exception {
        RecordingExchange exchange = new RecordingExchange(
                Command.request(
                        RequestCode.PULL_MESSAGE,
                        Fields.builder()
                                .put("consumerGroup", "G")
                                .put("topic", "T")
                                .put("queueId", 0)
                                .put("queueOffset", offset)
                                .put("maxMsgNums", 32)
                                .put("sysFlag", sysFlag)
                                .put("commitOffset", 0)
                                .put("suspendTimeoutMillis", TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                                .put("subscription", expression)
                                .build()),
                connection);
        handler.handle(exchange);
        return exchange.responseFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void append(String tag, String body) {
        HostAddress host = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
        MessageDraft draft = new MessageDraft(
                0,
                0,
                clock.epochMs(),
                host,
                host,
                0,
                0,
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(("TAGS\u0001" + tag + "\u0002").getBytes(StandardCharsets.UTF_8)));
        assertThat(store.append(store.queue("T", 0), draft)).isInstanceOf(Appended.class);
    }

    /** Reads, waiting where needed, until everything has been seen. */
    private void awaitVisible(long count) throws Exception {
        store.endTurn();
        long next = 0;
        while (next < count) {
            next = pull(next, "*", SUSPEND | INLINE).fields().longOr("nextBeginOffset", -1);
        }
    }
}
