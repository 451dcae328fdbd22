package io.orbitmq.transport.server;

import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.channel.ChannelLimits;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What the tests of this package build again and again. */
final class Peers {

    static final int ECHO = 1;
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private Peers() {}

    static HandlerTable.Builder echoTable() {
        return HandlerTable.builder()
                .on(
                        ECHO,
                        Lane.inline(),
                        exchange -> exchange.answer(Command.response(
                                exchange.request(),
                                0,
                                "",
                                exchange.request().fields(),
                                exchange.request().body())));
    }

    static ServerConfig config() {
        return ServerConfig.defaults().withBindAddress("127.0.0.1").withEventLoopThreads(2);
    }

    static RemotingServer server(ServerConfig config) {
        return new RemotingServer(config, ConnectionListener.NONE, new SystemClock());
    }

    static RemotingClient client() {
        return client(ClientConfig.defaults(), HandlerTable.builder().build());
    }

    static RemotingClient client(ClientConfig config, HandlerTable table) {
        return new RemotingClient(config, table, ConnectionListener.NONE, new SystemClock());
    }

    static String address(int port) {
        return "127.0.0.1:" + port;
    }

    static Command echo(String text) {
        return Command.request(ECHO, Fields.of("k", text), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String bodyText(Command command) {
        return new String(command.bodyBytes(), StandardCharsets.UTF_8);
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    static ChannelLimits limits(int maxFrameBytes, Duration idle, int high, long maxInWork, long maxUnsent) {
        ChannelLimits usual = ServerConfig.defaults().limits();
        return new ChannelLimits(
                usual.serializeType(), maxFrameBytes, idle, high / 2, high, maxInWork, maxUnsent, usual.maxCalls());
    }
}
