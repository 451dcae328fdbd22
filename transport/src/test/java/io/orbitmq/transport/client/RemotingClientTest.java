package io.orbitmq.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.channel.ChannelLimits;
import io.orbitmq.transport.server.RemotingServer;
import io.orbitmq.transport.server.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemotingClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final int OK = 1;
    private static final int HELD = 2;
    private static final int WHO = 3;

    private final List<Exchange> held = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ConnectionListener listener = new ConnectionListener() {
        @Override
        public void opened(Connection connection) {
            events.add("opened " + connection.remoteAddress().getPort());
        }

        @Override
        public void closed(Connection connection) {
            events.add("closed " + connection.remoteAddress().getPort());
        }
    };
    private final RemotingClient client = client(ClientConfig.defaults());

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void keepsOneConnectionPerAddress() throws Exception {
        try (RemotingServer first = server();
                RemotingServer second = server()) {
            int firstPort = first.listen(0, table());
            int secondPort = second.listen(0, table());
            List<CompletableFuture<Command>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(client.call("127.0.0.1:" + firstPort, request(WHO), PATIENCE));
                answers.add(client.call("localhost:" + secondPort, request(WHO), PATIENCE));
            }
            for (CompletableFuture<Command> answer : answers) {
                assertThat(get(answer).code()).isZero();
            }
            assertThat(first.counters().connections()).isEqualTo(1);
            assertThat(second.counters().connections()).isEqualTo(1);
            assertThat(events).containsExactlyInAnyOrder("opened " + firstPort, "opened " + secondPort);
        }
    }

    @Test
    void connectsAgainAfterTheServerCameBack() throws Exception {
        RemotingServer first = server();
        int port = first.listen(0, table());
        String address = "127.0.0.1:" + port;
        assertThat(get(client.call(address, request(OK), PATIENCE)).code()).isZero();
        first.close();
        await().until(() -> events.contains("closed " + port));
        assertFails(client.call(address, request(OK), PATIENCE), Reason.NOT_CONNECTED, address);
        try (RemotingServer again = server()) {
            again.listen(port, table());
            assertThat(get(client.call(address, request(OK), PATIENCE)).code()).isZero();
        }
        assertThat(events).startsWith("opened " + port, "closed " + port, "opened " + port);
    }

    @Test
    void failsACallWithoutAnswerAtItsDeadlineAndIgnoresTheLateAnswer() throws Exception {
        try (RemotingServer server = server()) {
            String address = "127.0.0.1:" + server.listen(0, table());
            CompletableFuture<Command> patient = client.call(address, request(HELD), PATIENCE);
            await().until(() -> held.size() == 1);
            CompletableFuture<Command> hasty = client.call(address, request(HELD), SHORT);
            CompletableFuture<Command> hastier = client.call(address, request(HELD), SHORT.dividedBy(2));
            assertFails(hasty, Reason.TIMED_OUT, "request code 2");
            assertFails(hastier, Reason.TIMED_OUT, "request code 2");
            assertThat(patient).isNotDone();
            await().until(() -> held.size() == 3);
            held.forEach(exchange -> exchange.succeed(Fields.NONE));
            assertThat(get(patient).code()).isZero();
            assertThat(get(client.call(address, request(OK), PATIENCE)).code()).isZero();
            assertThat(client.counters().callTimeouts()).isEqualTo(2);
        }
    }

    @Test
    void failsAllWaitingCallsAtOnceWhenTheConnectionCloses() throws Exception {
        try (RemotingServer server = server()) {
            String address = "127.0.0.1:" + server.listen(0, table());
            List<CompletableFuture<Command>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(client.call(address, request(HELD), Duration.ofMinutes(10)));
            }
            await().until(() -> held.size() == 100);
            server.connections().forEach(Connection::close);
            for (CompletableFuture<Command> answer : answers) {
                assertFails(answer, Reason.CLOSED, "closed before the answer came");
            }
        }
    }

    @Test
    void boundsTheCallsThatWaitOnOneConnection() throws Exception {
        ChannelLimits three = ClientConfig.defaults().limits().withMaxCalls(3);
        try (RemotingServer server = server();
                RemotingClient narrow = client(ClientConfig.defaults().withLimits(three))) {
            String address = "127.0.0.1:" + server.listen(0, table());
            get(narrow.connect(address));
            List<CompletableFuture<Command>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(narrow.call(address, request(HELD), PATIENCE));
            }
            assertFails(narrow.call(address, request(OK), PATIENCE), Reason.BUSY, "3 calls without answer");
            await().until(() -> held.size() == 3);
            held.forEach(exchange -> exchange.succeed(Fields.NONE));
            for (CompletableFuture<Command> answer : waiting) {
                get(answer);
            }
            assertThat(get(narrow.call(address, request(OK), PATIENCE)).code()).isZero();
        }
    }

    @Test
    void failsACallTooLargeForAFrameAndKeepsTheConnection() throws Exception {
        try (RemotingServer server = server()) {
            String address = "127.0.0.1:" + server.listen(0, table());
            Command large = Command.request(OK, Fields.NONE, ByteBuffer.allocate(17 * 1024 * 1024));
            assertFails(client.call(address, large, PATIENCE), Reason.UNSENDABLE, "16777216");
            assertThat(get(client.call(address, request(OK), PATIENCE)).code()).isZero();
            assertThat(server.counters().connections()).isEqualTo(1);
        }
    }

    @Test
    void giveUpConnectingAtTheCallsOwnDeadline() throws Exception {
        // A full backlog makes connecting hang, as an unreachable host does.
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RemotingClient slow = client(ClientConfig.defaults().withConnectTimeout(Duration.ofMinutes(1)))) {
            List<java.net.Socket> filling = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                java.net.Socket socket = new java.net.Socket();
                filling.add(socket);
                try {
                    socket.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 50);
                } catch (java.net.SocketTimeoutException e) {
                    break;
                }
            }
            String address = "127.0.0.1:" + deaf.getLocalPort();
            assertFails(slow.call(address, request(OK), SHORT), Reason.NOT_CONNECTED, "no connection to " + address);
            for (java.net.Socket socket : filling) {
                socket.close();
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        for (String address : List.of("nonsense", "host:", ":9876", "host:0", "host:65536", "host:x")) {
            assertThatThrownBy(() -> client.call(address, request(OK), PATIENCE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("host:port")
                    .hasMessageContaining("'" + address + "'");
        }
        assertFails(client.call("no-such-host.invalid:9876", request(OK), PATIENCE), Reason.NOT_CONNECTED, "invalid");
    }

    @Test
    void sendsOneWayRequestsAndDropsThoseItCannotSend() throws Exception {
        try (RemotingServer server = server()) {
            String address = "127.0.0.1:" + server.listen(0, table());
            client.oneWay(address, request(HELD));
            await().until(() -> held.size() == 1);
            assertThat(held.get(0).request().isOneWay()).isTrue();
            client.oneWay("127.0.0.1:1", request(HELD));
            Connection connection = get(client.connect(address));
            client.disconnect(address);
            await().until(() -> !connection.isOpen());
            connection.sendOneWay(request(HELD));
            await().until(() -> client.counters().droppedOneWays() == 1);
        }
    }

    @Test
    void failsEverythingAfterItWasClosed() throws Exception {
        try (RemotingServer server = server()) {
            String address = "127.0.0.1:" + server.listen(0, table());
            Connection connection = get(client.connect(address));
            CompletableFuture<Command> waiting = client.call(address, request(HELD), PATIENCE);
            await().until(() -> held.size() == 1);
            client.close();
            assertFails(waiting, Reason.CLOSED, "closed");
            assertFails(client.call(address, request(OK), PATIENCE), Reason.NOT_CONNECTED, "this client is closed");
            assertFails(connection.call(request(OK), PATIENCE), Reason.CLOSED, "is closed");
            connection.sendOneWay(request(OK));
            client.close();
        }
    }

    private HandlerTable table() {
        return HandlerTable.builder()
                .on(OK, Lane.inline(), exchange -> exchange.succeed(Fields.NONE))
                .on(HELD, Lane.inline(), held::add)
                .on(
                        WHO,
                        Lane.inline(),
                        exchange -> exchange.succeed(
                                Fields.of("peer", exchange.connection().toString())))
                .build();
    }

    private static RemotingServer server() {
        return new RemotingServer(
                ServerConfig.defaults().withBindAddress("127.0.0.1").withEventLoopThreads(1),
                ConnectionListener.NONE,
                new SystemClock());
    }

    private RemotingClient client(ClientConfig config) {
        return new RemotingClient(config, HandlerTable.builder().build(), listener, new SystemClock());
    }

    private static Command request(int code) {
        return Command.request(code, Fields.NONE);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void assertFails(CompletableFuture<Command> call, Reason reason, String text) {
        assertThatThrownBy(() -> get(call))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CallFailedException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
                .hasMessageContaining(text);
    }
}
