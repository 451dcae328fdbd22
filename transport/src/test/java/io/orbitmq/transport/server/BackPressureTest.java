package io.orbitmq.transport.server;

import static io.orbitmq.transport.server.Peers.PATIENCE;
import static io.orbitmq.transport.server.Peers.address;
import static io.orbitmq.transport.server.Peers.config;
import static io.orbitmq.transport.server.Peers.echo;
import static io.orbitmq.transport.server.Peers.echoTable;
import static io.orbitmq.transport.server.Peers.limits;
import static io.orbitmq.transport.server.Peers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.client.RemotingClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackPressureTest {

    private static final int BIG = 5;
    private static final int HELD = 6;
    private static final int ANSWER_BYTES = 64 * 1024;
    private static final Duration LONG = Duration.ofMinutes(2);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsReadingFromAPeerThatDoesNotReadAndGoesOnWhenItDoes(boolean forceNio) throws Exception {
        HandlerTable table = echoTable()
                .on(BIG, Lane.inline(), exchange -> exchange.answer(0, "", Fields.NONE, filled(ANSWER_BYTES)))
                .build();
        ServerConfig config = config().withEventLoopThreads(1)
                .withLimits(limits(Frames.MAX_FRAME_BYTES, LONG, 256 * 1024, 1 << 25, 1 << 26));
        int requests = 400;
        try (RemotingServer server = server(config);
                RemotingClient other = Peers.client()) {
            int port = server.listen(0, table);
            long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            try (RawPeer lazy = new RawPeer(port, 32 * 1024)) {
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < requests; i++) {
                        lazy.sendUnlessClosed(RawPeer.frame(Command.request(BIG, Fields.of("pad", "x".repeat(2000)))
                                .withOpaque(i)));
                    }
                });
                await().until(() -> server.counters().readPauses() > 0);
                for (int i = 0; i < 200; i++) {
                    assertThat(Peers.bodyText(Peers.await(other.call(address(port), echo("still " + i), PATIENCE))))
                            .isEqualTo("still " + i);
                }
                // All answers together would be 25 MB.
                assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - before)
                        .isLessThan(2 * 1024 * 1024);
                for (int i = 0; i < requests; i++) {
                    Command answer = lazy.receive();
                    assertThat(answer.opaque()).isEqualTo(i);
                    assertThat(answer.body().remaining()).isEqualTo(ANSWER_BYTES);
                }
                Peers.await(sent);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsReadingWhenRequestsInWorkPassTheirBoundAndGoesOnWhenAnswered(boolean forceNio) throws Exception {
        List<Exchange> held = new CopyOnWriteArrayList<>();
        HandlerTable table = echoTable().on(HELD, Lane.inline(), held::add).build();
        ServerConfig config = config().withForceNio(forceNio)
                .withLimits(limits(Frames.MAX_FRAME_BYTES, LONG, 1 << 20, 100_000, 1 << 26));
        int requests = 60;
        try (RemotingServer server = server(config);
                RemotingClient other = Peers.client()) {
            int port = server.listen(0, table);
            try (RawPeer busy = new RawPeer(port)) {
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < requests; i++) {
                        busy.sendUnlessClosed(
                                RawPeer.frame(Command.request(HELD, Fields.NONE, ByteBuffer.allocate(10_000))
                                        .withOpaque(i)));
                    }
                });
                await().until(() -> server.counters().readPauses() > 0);
                assertThat(held).hasSize(10);
                Peers.await(other.call(address(port), echo("unharmed"), PATIENCE));
                int answered = 0;
                while (answered < requests) {
                    int next = answered;
                    await().pollInterval(Duration.ofMillis(1)).until(() -> held.size() > next);
                    held.get(next).succeed(Fields.NONE);
                    answered++;
                    assertThat(held.size() - answered).isLessThanOrEqualTo(10);
                }
                for (int i = 0; i < requests; i++) {
                    assertThat(busy.receive().opaque()).isEqualTo(i);
                }
                Peers.await(sent);
                // reading goes on only when half of the bound is free
                assertThat(server.counters().readPauses()).isLessThanOrEqualTo(requests / 5);
            }
        }
    }

    @Test
    void closesAPeerThatLeavesTooManyHeldAnswersUnread() throws Exception {
        List<Exchange> held = new CopyOnWriteArrayList<>();
        HandlerTable table = echoTable().on(HELD, Lane.inline(), held::add).build();
        ServerConfig config = config().withLimits(limits(Frames.MAX_FRAME_BYTES, LONG, 1 << 20, 1 << 25, 4 << 20));
        try (CapturedLog log = new CapturedLog();
                RemotingServer server = server(config);
                RawPeer lazy = new RawPeer(server.listen(0, table), 4096)) {
            for (int i = 0; i < 60; i++) {
                lazy.send(RawPeer.frame(Command.request(HELD, Fields.NONE).withOpaque(i)));
            }
            await().until(() -> held.size() == 60);
            long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            held.forEach(exchange -> exchange.answer(0, "", Fields.NONE, filled(1 << 20)));
            await().until(() -> server.counters().openConnections() == 0);
            assertThat(server.counters().stuckConnections()).isEqualTo(1);
            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0)).contains("event=connection-stuck", "limit=4194304");
            await().until(() -> PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() <= before);
        }
    }

    @Test
    void dropsAndReleasesAnAnswerThatComesAfterTheConnectionClosed() throws Exception {
        List<Exchange> held = new CopyOnWriteArrayList<>();
        HandlerTable table = echoTable().on(HELD, Lane.inline(), held::add).build();
        try (RemotingServer server = server(config())) {
            int port = server.listen(0, table);
            try (RawPeer gone = new RawPeer(port)) {
                gone.send(RawPeer.frame(Command.request(HELD, Fields.NONE)));
                await().until(() -> held.size() == 1);
                gone.reset();
            }
            await().until(() -> server.counters().openConnections() == 0);
            ByteBuf body = filled(100_000);
            held.get(0).answer(0, "", Fields.NONE, body);
            await().until(() -> body.refCnt() == 0);
            assertThat(held.get(0).connection().isOpen()).isFalse();
            try (RawPeer next = new RawPeer(port)) {
                next.send(RawPeer.frame(echo("served")));
                assertThat(Peers.bodyText(next.receive())).isEqualTo("served");
            }
        }
    }

    @Test
    void closesWhenThePeerHasStoppedSending() throws Exception {
        List<Exchange> held = new CopyOnWriteArrayList<>();
        HandlerTable table = echoTable().on(HELD, Lane.inline(), held::add).build();
        try (RemotingServer server = server(config());
                RawPeer half = new RawPeer(server.listen(0, table))) {
            half.send(RawPeer.frame(Command.request(HELD, Fields.NONE)));
            await().until(() -> held.size() == 1);
            half.stopSending();
            assertThat(half.isClosedByServer()).isTrue();
            await().until(() -> server.counters().openConnections() == 0);
        }
    }

    private static ByteBuf filled(int size) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(size).writeZero(size);
    }
}
