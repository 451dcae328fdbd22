package io.orbitmq.transport.server;

import static io.orbitmq.transport.server.Peers.ECHO;
import static io.orbitmq.transport.server.Peers.PATIENCE;
import static io.orbitmq.transport.server.Peers.address;
import static io.orbitmq.transport.server.Peers.await;
import static io.orbitmq.transport.server.Peers.bodyText;
import static io.orbitmq.transport.server.Peers.config;
import static io.orbitmq.transport.server.Peers.echo;
import static io.orbitmq.transport.server.Peers.echoTable;
import static io.orbitmq.transport.server.Peers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.SerializeType;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.channel.ChannelLimits;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemotingServerTest {

    @ParameterizedTest
    @CsvSource({"JSON,JSON", "JSON,ROCKETMQ", "ROCKETMQ,JSON", "ROCKETMQ,ROCKETMQ"})
    void answersInItsOwnSerializationWhateverThePeerUses(SerializeType ofServer, SerializeType ofClient)
            throws Exception {
        try (RemotingServer server = server(config().withLimits(typed(ofServer)));
                RemotingClient client = Peers.client(ClientConfig.defaults().withLimits(typed(ofClient)), noTable())) {
            int port = server.listen(0, echoTable().build());
            Command answer = await(client.call(address(port), echo("hello"), PATIENCE));
            assertThat(answer.code()).isZero();
            assertThat(answer.fields().text("k")).isEqualTo("hello");
            assertThat(bodyText(answer)).isEqualTo("hello");
            try (RawPeer raw = new RawPeer(port)) {
                raw.send(RawPeer.frame(echo("x"), ofClient));
                assertThat(raw.receive().isResponse()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void matchesTenThousandPipelinedRequests(boolean forceNio) throws Exception {
        try (RemotingServer server = server(config().withForceNio(forceNio));
                RemotingClient client = Peers.client(ClientConfig.defaults().withForceNio(forceNio), noTable())) {
            int port = server.listen(0, echoTable().build());
            List<CompletableFuture<Command>> answers = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                answers.add(client.call(address(port), echo("message " + i), PATIENCE));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(bodyText(await(answers.get(i)))).isEqualTo("message " + i);
            }
            assertThat(server.counters().requests()).isEqualTo(10_000);
            assertThat(server.counters().connections()).isEqualTo(1);
            assertThat(server.counters().bytesIn()).isPositive();
            assertThat(server.counters().bytesOut()).isPositive();
        }
    }

    @Test
    void carriesRequestsInBothDirectionsOverOneConnection() throws Exception {
        CompletableFuture<Connection> seen = new CompletableFuture<>();
        HandlerTable ofServer = echoTable()
                .on(2, Lane.inline(), exchange -> {
                    seen.complete(exchange.connection());
                    exchange.succeed(Fields.NONE);
                })
                .build();
        AtomicInteger oneWays = new AtomicInteger();
        CountDownLatch arrived = new CountDownLatch(1);
        HandlerTable ofClient = HandlerTable.builder()
                .on(
                        220,
                        Lane.inline(),
                        exchange ->
                                exchange.answer(Command.response(exchange.request(), 0, Fields.of("from", "client"))))
                .on(40, Lane.inline(), exchange -> {
                    oneWays.incrementAndGet();
                    arrived.countDown();
                })
                .build();
        try (RemotingServer server = server(config());
                RemotingClient client = Peers.client(ClientConfig.defaults(), ofClient)) {
            int port = server.listen(0, ofServer);
            await(client.call(address(port), Command.request(2, Fields.NONE), PATIENCE));
            Connection toClient = await(seen);

            List<CompletableFuture<Command>> both = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                both.add(toClient.call(Command.request(220, Fields.NONE), PATIENCE));
                both.add(client.call(address(port), echo("same opaque " + i), PATIENCE));
            }
            for (int i = 0; i < both.size(); i += 2) {
                assertThat(await(both.get(i)).fields().text("from")).isEqualTo("client");
                assertThat(bodyText(await(both.get(i + 1)))).isEqualTo("same opaque " + i / 2);
            }
            toClient.sendOneWay(Command.request(40, Fields.NONE));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(oneWays).hasValue(1);
            Command unknown = await(toClient.call(Command.request(999, Fields.NONE), PATIENCE));
            assertThat(unknown.code()).isEqualTo(3);
            assertThat(unknown.remark()).isEqualTo(" request type 999 not supported");
        }
    }

    @Test
    void givesEachPortItsOwnTable() throws Exception {
        HandlerTable withPull =
                echoTable().on(11, Lane.inline(), e -> e.succeed(Fields.NONE)).build();
        try (RemotingServer server = server(config());
                RemotingClient client = Peers.client()) {
            int main = server.listen(0, withPull);
            int vip = server.listen(0, echoTable().build());
            assertThat(await(client.call(address(main), Command.request(11, Fields.NONE), PATIENCE))
                            .code())
                    .isZero();
            assertThat(await(client.call(address(vip), Command.request(11, Fields.NONE), PATIENCE))
                            .code())
                    .isEqualTo(3);
            assertThat(server.counters().unsupportedRequests()).isEqualTo(1);
        }
    }

    @Test
    void saysWhichPortCannotBeBoundAndWhy() {
        try (RemotingServer first = server(config());
                RemotingServer second = server(config())) {
            int port = first.listen(0, noTable());
            assertThatThrownBy(() -> second.listen(port, noTable()))
                    .isInstanceOf(ListenFailedException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("another port");
        }
    }

    @Test
    void answersCodeOneWithTheTextWhenAHandlerThrows() throws Exception {
        HandlerTable table = HandlerTable.builder()
                .on(5, Lane.inline(), exchange -> exchange.request().fields().required("topic"))
                .on(6, Lane.inline(), exchange -> {
                    throw new IllegalStateException("the shelf is full");
                })
                .on(7, Lane.pool("p", 1, 1000, 10), exchange -> {
                    throw new StackOverflowError();
                })
                .build();
        try (RemotingServer server = server(config());
                RemotingClient client = Peers.client()) {
            String address = address(server.listen(0, table));
            Command missing = await(client.call(address, Command.request(5, Fields.NONE), PATIENCE));
            assertThat(missing.code()).isEqualTo(1);
            assertThat(missing.remark()).startsWith("the request header lacks the field 'topic'");
            Command thrown = await(client.call(address, Command.request(6, Fields.NONE), PATIENCE));
            assertThat(thrown.code()).isEqualTo(1);
            assertThat(thrown.remark()).isEqualTo("IllegalStateException: the shelf is full");
            Command error = await(client.call(address, Command.request(7, Fields.NONE), PATIENCE));
            assertThat(error.code()).isEqualTo(1);
            assertThat(error.remark()).contains("StackOverflowError");
            assertThat(server.counters().handlerFailures()).isEqualTo(3);
        }
    }

    @Test
    void neverAnswersOneWayRequests() throws Exception {
        HandlerTable table = echoTable()
                .on(6, Lane.inline(), exchange -> {
                    throw new IllegalStateException("thrown on purpose");
                })
                .on(8, Lane.pool("p", 1, 1000, 10), exchange -> exchange.succeed(Fields.NONE))
                .build();
        try (RemotingServer server = server(config())) {
            try (RawPeer peer = new RawPeer(server.listen(0, table))) {
                for (int code : new int[] {ECHO, 6, 8, 999}) {
                    peer.send(RawPeer.frame(
                            Command.request(code, Fields.NONE).withOpaque(code).asOneWay()));
                }
                peer.send(RawPeer.frame(echo("two-way").withOpaque(77)));
                assertThat(peer.receive().opaque()).isEqualTo(77);
                assertThat(server.counters().requests()).isEqualTo(5);
            }
        }
    }

    @Test
    void sendsOnlyTheFirstAnswerAndCorrelatesARelayedOne() throws Exception {
        HandlerTable table = HandlerTable.builder()
                .on(5, Lane.inline(), exchange -> {
                    Command relayed = Command.response(
                            Command.request(5, Fields.NONE).withOpaque(4711), 0, Fields.of("from", "elsewhere"));
                    exchange.answer(relayed);
                    exchange.refuse(1, "second answer");
                    exchange.answer(0, "", Fields.NONE, PooledByteBufAllocator.DEFAULT.directBuffer(8));
                })
                .build();
        try (RemotingServer server = server(config());
                RawPeer peer = new RawPeer(server.listen(0, table))) {
            peer.send(RawPeer.frame(Command.request(5, Fields.NONE).withOpaque(-3)));
            peer.send(RawPeer.frame(Command.request(5, Fields.NONE).withOpaque(-4)));
            assertThat(peer.receive().opaque()).isEqualTo(-3);
            assertThat(peer.receive().opaque()).isEqualTo(-4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8 * 1024, 8 * 1024 + 1, 300_000, 5_000_000})
    void carriesBodiesOfAllSizesInPooledBuffers(int size) throws Exception {
        HandlerTable table = HandlerTable.builder()
                .on(5, Lane.inline(), exchange -> {
                    ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(1, size));
                    body.writeBytes(exchange.request().bodyBytes());
                    exchange.answer(0, "remark", Fields.of("a", "b"), body);
                })
                .build();
        byte[] sent = new byte[size];
        new java.util.Random(size).nextBytes(sent);
        try (RemotingServer server = server(config());
                RemotingClient client = Peers.client()) {
            String address = address(server.listen(0, table));
            List<CompletableFuture<Command>> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                answers.add(client.call(address, Command.request(5, Fields.NONE, ByteBuffer.wrap(sent)), PATIENCE));
            }
            for (CompletableFuture<Command> answer : answers) {
                assertThat(await(answer).bodyBytes()).isEqualTo(sent);
                assertThat(await(answer).remark()).isEqualTo("remark");
            }
        }
    }

    @Test
    void refusesInsteadOfSendingAFrameOverTheProtocolLimit() throws Exception {
        HandlerTable table = HandlerTable.builder()
                .on(
                        5,
                        Lane.inline(),
                        exchange -> exchange.answer(Command.response(
                                exchange.request(), 0, "", Fields.NONE, ByteBuffer.allocate(17 * 1024 * 1024))))
                .build();
        try (RemotingServer server = server(config());
                RemotingClient client = Peers.client()) {
            Command answer =
                    await(client.call(address(server.listen(0, table)), Command.request(5, Fields.NONE), PATIENCE));
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.remark()).contains("16777216");
        }
    }

    @Test
    void runsAnEndOfTurnTaskOncePerTurnAfterTheFramesReadTogether() throws Exception {
        List<String> events = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        Runnable endOfTurn = () -> {
            events.add("end");
            answers.forEach(Runnable::run);
            answers.clear();
        };
        HandlerTable table = HandlerTable.builder()
                .on(5, Lane.inline(), exchange -> {
                    events.add("request");
                    answers.add(() -> exchange.succeed(Fields.NONE));
                    exchange.atEndOfTurn(endOfTurn);
                })
                .build();
        try (RemotingServer server = server(config().withEventLoopThreads(1));
                RawPeer peer = new RawPeer(server.listen(0, table))) {
            ByteBuffer three = ByteBuffer.allocate(1024);
            for (int i = 0; i < 3; i++) {
                three.put(RawPeer.frame(Command.request(5, Fields.NONE).withOpaque(i)));
            }
            byte[] together = new byte[three.position()];
            three.flip().get(together);
            peer.send(together);
            for (int i = 0; i < 3; i++) {
                assertThat(peer.receive().opaque()).isEqualTo(i);
            }
        }
        assertThat(events).containsExactly("request", "request", "request", "end");
    }

    @Test
    void endsOneTurnForAllConnectionsThatWereReady() throws Exception {
        List<String> events = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        CompletableFuture<Connection> any = new CompletableFuture<>();
        Runnable endOfTurn = () -> {
            events.add("end of " + answers.size());
            answers.forEach(Runnable::run);
            answers.clear();
        };
        HandlerTable table = echoTable()
                .on(5, Lane.inline(), exchange -> {
                    any.complete(exchange.connection());
                    answers.add(() -> exchange.succeed(Fields.NONE));
                    exchange.atEndOfTurn(endOfTurn);
                })
                .build();
        CountDownLatch gate = new CountDownLatch(1);
        try (RemotingServer server = server(config().withEventLoopThreads(1))) {
            int port = server.listen(0, table);
            try (RawPeer first = new RawPeer(port);
                    RawPeer second = new RawPeer(port)) {
                for (RawPeer peer : List.of(first, second)) {
                    peer.send(RawPeer.frame(Command.request(5, Fields.NONE)));
                    peer.receive();
                }
                any.join().execute(() -> awaitUninterruptibly(gate));
                first.send(RawPeer.frame(Command.request(5, Fields.NONE)));
                second.send(RawPeer.frame(Command.request(5, Fields.NONE)));
                gate.countDown();
                first.receive();
                second.receive();
            }
        }
        assertThat(events).containsExactly("end of 1", "end of 1", "end of 2");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HandlerTable noTable() {
        return HandlerTable.builder().build();
    }

    private static ChannelLimits typed(SerializeType type) {
        return ServerConfig.defaults().limits().withSerializeType(type);
    }
}
