package io.orbitmq.transport.server;

import static io.orbitmq.transport.server.Peers.PATIENCE;
import static io.orbitmq.transport.server.Peers.address;
import static io.orbitmq.transport.server.Peers.config;
import static io.orbitmq.transport.server.Peers.echo;
import static io.orbitmq.transport.server.Peers.echoTable;
import static io.orbitmq.transport.server.Peers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.RequestHandler;
import io.orbitmq.transport.client.RemotingClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final int SLOW = 5;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();

    private final RequestHandler slow = exchange -> {
        running.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.answer(Command.response(
                exchange.request(),
                0,
                Thread.currentThread().getName() + (Thread.currentThread().isDaemon() ? " daemon" : ""),
                Fields.NONE,
                exchange.request().body()));
    };

    @Test
    void refusesWithTheCauseWhenTooManyRequestsWait() throws Exception {
        HandlerTable table =
                echoTable().on(SLOW, Lane.pool("send", 1, 1_000_000, 2), slow).build();
        try (RemotingServer server = server(config().withName("brk"));
                RemotingClient client = Peers.client()) {
            String address = address(server.listen(0, table));
            List<CompletableFuture<Command>> answers = new ArrayList<>();
            answers.add(client.call(address, request("0"), PATIENCE));
            await().until(() -> running.get() == 1);
            for (int i = 1; i <= 2; i++) {
                answers.add(client.call(address, request("" + i), PATIENCE));
            }
            Command refused = Peers.await(client.call(address, request("3"), PATIENCE));
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.remark())
                    .startsWith("[OVERLOAD]system busy, start flow control for a while, ")
                    .contains("lane send with 1 threads has 2 waiting requests (limit 2)", "(limit 1000000)")
                    .containsPattern("the oldest waits \\d+ ms");
            assertThat(server.counters().overloadRefusals()).isEqualTo(1);
            // The event loop is not in the way of the others.
            assertThat(Peers.bodyText(Peers.await(client.call(address, echo("inline"), PATIENCE))))
                    .isEqualTo("inline");
            gate.countDown();
            for (int i = 0; i < answers.size(); i++) {
                Command answer = Peers.await(answers.get(i));
                assertThat(Peers.bodyText(answer)).isEqualTo("" + i);
                assertThat(answer.remark()).startsWith("brk-send").endsWith("daemon");
            }
        }
    }

    @Test
    void refusesWhenTheWaitingBytesPassTheirBoundButAlwaysTakesOne() throws Exception {
        HandlerTable table =
                echoTable().on(SLOW, Lane.pool("send", 1, 1000, 100), slow).build();
        try (RemotingServer server = server(config());
                RemotingClient client = Peers.client()) {
            String address = address(server.listen(0, table));
            CompletableFuture<Command> first = client.call(address, request("0"), PATIENCE);
            await().until(() -> running.get() == 1);
            Command large = Command.request(SLOW, Fields.NONE, ByteBuffer.allocate(5000));
            CompletableFuture<Command> alone = client.call(address, large, PATIENCE);
            Command refused = Peers.await(client.call(address, request("2"), PATIENCE));
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.remark()).contains("1 waiting requests (limit 100)", "(limit 1000)");
            gate.countDown();
            assertThat(Peers.await(first).code()).isZero();
            assertThat(Peers.await(alone).body().remaining()).isEqualTo(5000);
        }
    }

    @Test
    void sharesALanesThreadsBetweenCodesAndPorts() throws Exception {
        Lane lane = Lane.pool("admin", 1, 1000, 100);
        HandlerTable main = echoTable().on(SLOW, lane, slow).on(6, lane, slow).build();
        HandlerTable vip = HandlerTable.builder().on(SLOW, lane, slow).build();
        try (RemotingServer server = server(config());
                RemotingClient client = Peers.client()) {
            String mainAddress = address(server.listen(0, main));
            String vipAddress = address(server.listen(0, vip));
            List<CompletableFuture<Command>> answers = List.of(
                    client.call(mainAddress, request("a"), PATIENCE),
                    client.call(mainAddress, Command.request(6, Fields.NONE), PATIENCE),
                    client.call(vipAddress, request("b"), PATIENCE));
            await().until(() -> server.counters().requests() == 3);
            assertThat(running).hasValue(1);
            gate.countDown();
            for (CompletableFuture<Command> answer : answers) {
                assertThat(Peers.await(answer).code()).isZero();
            }
        }
    }

    @Test
    void refusesTwoDefinitionsOfOneLane() {
        HandlerTable first = HandlerTable.builder()
                .on(1, Lane.pool("admin", 1, 1000, 100), slow)
                .build();
        HandlerTable second = HandlerTable.builder()
                .on(1, Lane.pool("admin", 2, 1000, 100), slow)
                .build();
        try (RemotingServer server = server(config())) {
            server.listen(0, first);
            assertThatThrownBy(() -> server.listen(0, second))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'admin'");
        }
    }

    private static Command request(String text) {
        return Command.request(SLOW, Fields.NONE, echo(text).body());
    }
}
