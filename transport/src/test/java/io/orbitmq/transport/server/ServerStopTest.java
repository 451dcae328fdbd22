package io.orbitmq.transport.server;

import static io.orbitmq.transport.server.Peers.PATIENCE;
import static io.orbitmq.transport.server.Peers.address;
import static io.orbitmq.transport.server.Peers.config;
import static io.orbitmq.transport.server.Peers.echo;
import static io.orbitmq.transport.server.Peers.echoTable;
import static io.orbitmq.transport.server.Peers.limits;
import static io.orbitmq.transport.server.Peers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.client.RemotingClient;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ServerStopTest {

    private static final int HELD = 6;

    private final List<Exchange> held = new CopyOnWriteArrayList<>();
    private final HandlerTable table =
            echoTable().on(HELD, Lane.inline(), held::add).build();

    @Test
    void answersRequestsInWorkButTakesNoMore() throws Exception {
        RemotingServer server = server(config());
        int port = server.listen(0, table);
        try (RawPeer peer = new RawPeer(port)) {
            peer.send(RawPeer.frame(Command.request(HELD, Fields.NONE).withOpaque(7)));
            await().until(() -> held.size() == 1);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> server.stop(PATIENCE));
            await().until(() -> cannotConnect(port));
            held.get(0).succeed(Fields.of("late", "but there"));
            assertThat(peer.receive().fields().text("late")).isEqualTo("but there");
            assertThat(peer.isClosedByServer()).isTrue();
            Peers.await(stopping);
            assertThat(server.counters().openConnections()).isZero();
        }
    }

    @Test
    void letsALargeAnswerLeaveBeforeItCloses() throws Exception {
        RemotingServer server = server(config());
        int port = server.listen(0, table);
        try (RawPeer peer = new RawPeer(port, 4096)) {
            peer.send(RawPeer.frame(Command.request(HELD, Fields.NONE)));
            await().until(() -> held.size() == 1);
            int size = 12 * 1024 * 1024;
            held.get(0).answer(Command.response(held.get(0).request(), 0, "", Fields.NONE, ByteBuffer.allocate(size)));
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> server.stop(PATIENCE));
            await().until(() -> cannotConnect(port));
            assertThat(peer.receive().body().remaining()).isEqualTo(size);
            assertThat(peer.isClosedByServer()).isTrue();
            Peers.await(stopping);
        }
    }

    @Test
    void closesAtTheTimeLimitWhenARequestIsNeverAnswered() throws Exception {
        RemotingServer server = server(config());
        try (RawPeer peer = new RawPeer(server.listen(0, table))) {
            peer.send(RawPeer.frame(Command.request(HELD, Fields.NONE)));
            await().until(() -> held.size() == 1);
            server.stop(Duration.ofMillis(50));
            assertThat(peer.isClosedByServer()).isTrue();
            held.get(0).succeed(Fields.NONE);
            server.close();
        }
    }

    @Test
    void doesNotWaitForRequestsWhoseConnectionIsGone() throws Exception {
        RemotingServer server = server(config());
        try (RawPeer peer = new RawPeer(server.listen(0, table))) {
            peer.send(RawPeer.frame(Command.request(HELD, Fields.NONE)));
            await().until(() -> held.size() == 1);
        }
        await().until(() -> server.connections().isEmpty());

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> server.stop(Duration.ofMinutes(10)));

        Peers.await(stopping);
        held.get(0).succeed(Fields.NONE);
    }

    @Test
    void tellsNewerPeersToGoAwayBeforeItStops() throws Exception {
        RemotingServer server = server(config().withGoAwayPeriod(Duration.ofMinutes(10)));
        int port = server.listen(0, table);
        CompletableFuture<Void> stopping;
        try (RawPeer peer = new RawPeer(port)) {
            peer.send(RawPeer.frame(echo("before").withOpaque(1)));
            assertThat(peer.receive().code()).isZero();
            stopping = CompletableFuture.runAsync(() -> server.stop(PATIENCE));
            await().until(() -> {
                peer.send(RawPeer.frame(echo("when?").withOpaque(2)));
                return peer.receive().code() == 1500;
            });
            peer.send(RawPeer.frame(Command.request(999, Fields.NONE).withOpaque(3)));
            Command unknown = peer.receive();
            assertThat(unknown.code()).isEqualTo(1500);
            assertThat(unknown.remark()).isEqualTo("please go away");
            peer.send(RawPeer.frame(
                    new Command(1, Language.JAVA, 475, 4, 0, "", Fields.of("k", "old"), ByteBuffer.allocate(0))));
            assertThat(peer.receive().fields().text("k")).isEqualTo("old");
            try (RawPeer late = new RawPeer(port)) {
                late.send(RawPeer.frame(echo("new connection")));
                assertThat(late.receive().code()).isEqualTo(1500);
            }
            assertThat(stopping).isNotDone();
        }
        // all have gone
        Peers.await(stopping);
        assertThat(server.counters().goAwayAnswers()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void stopsWhenPeersDoNotGoAwayInTime() throws Exception {
        RemotingServer server = server(config().withGoAwayPeriod(Duration.ofMillis(1)));
        try (RawPeer peer = new RawPeer(server.listen(0, table))) {
            exchange(peer);
            server.stop(PATIENCE);
            assertThat(peer.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesConnectionsThatAreNeitherReadNorWritten() throws Exception {
        Duration limit = Duration.ofMillis(50);
        SimulatedClock clock = new SimulatedClock();
        ServerConfig config = config().withLimits(limits(Frames.MAX_FRAME_BYTES, limit, 1 << 20, 1 << 25, 1 << 26));
        try (RemotingServer server = new RemotingServer(config, ConnectionListener.NONE, clock)) {
            int port = server.listen(0, table);
            try (RawPeer silent = new RawPeer(port);
                    RawPeer talking = new RawPeer(port)) {
                exchange(silent);
                exchange(talking);
                clock.advance(limit.minusMillis(10));
                exchange(talking);
                assertThat(server.counters().openConnections()).isEqualTo(2);

                clock.advance(Duration.ofMillis(10));

                assertThat(silent.isClosedByServer()).isTrue();
                exchange(talking);
                assertThat(server.counters().idleConnections()).isEqualTo(1);
            }
        }
    }

    @Test
    void failsCallsOfAClientWhoseServerStops() throws Exception {
        RemotingServer server = server(config());
        String address = address(server.listen(0, table));
        try (RemotingClient client = Peers.client()) {
            CompletableFuture<Command> answer = client.call(address, Command.request(HELD, Fields.NONE), PATIENCE);
            await().until(() -> held.size() == 1);
            server.close();
            assertThatThrownBy(() -> Peers.await(answer)).hasMessageContaining("closed before the answer came");
        }
    }

    private static void exchange(RawPeer peer) throws Exception {
        peer.send(RawPeer.frame(echo("alive")));
        assertThat(peer.receive().code()).isZero();
    }

    private static boolean cannotConnect(int port) throws Exception {
        try {
            new RawPeer(port).close();
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }
}
