package io.orbitmq.transport.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import io.orbitmq.transport.channel.ChannelConnection;
import io.orbitmq.transport.channel.ChannelLimits;
import io.orbitmq.transport.channel.ConnectionAssembly;
import io.orbitmq.transport.channel.Dispatcher;
import io.orbitmq.transport.channel.EventLoops;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Makes one connection at a time it is asked for. Any thread. */
final class Connector {

    private final ClientConfig config;
    private final EventLoops loops;
    private final ConnectionAssembly assembly;
    private final Dispatcher dispatcher;
    private final AddressResolver resolver;

    Connector(ClientConfig config, EventLoops loops, ConnectionAssembly assembly, Dispatcher dispatcher) {
        this.config = config;
        this.loops = loops;
        this.assembly = assembly;
        this.dispatcher = dispatcher;
        this.resolver = new AddressResolver(config.name() + "-resolver");
    }

    /**
     * Completes with an open connection or fails with {@link Reason#NOT_CONNECTED}.
     *
     * @throws IllegalArgumentException when the text is not {@code host:port}
     */
    CompletableFuture<ChannelConnection> connect(String address) {
        CompletableFuture<ChannelConnection> made = new CompletableFuture<>();
        resolver.resolve(address).whenComplete((resolved, cause) -> {
            if (cause != null) {
                made.completeExceptionally(notConnected(address, cause));
            } else if (resolved.isUnresolved()) {
                made.completeExceptionally(new CallFailedException(
                        Reason.NOT_CONNECTED, "cannot connect to " + address + ": the host name is unknown"));
            } else {
                open(address, resolved, made);
            }
        });
        return made;
    }

    private void open(String address, InetSocketAddress resolved, CompletableFuture<ChannelConnection> made) {
        Opening opening = new Opening();
        try {
            bootstrap(opening)
                    .connect(resolved)
                    .addListener((ChannelFuture connected) -> ready(address, connected, opening, made));
        } catch (RejectedExecutionException | IllegalStateException e) {
            made.completeExceptionally(notConnected(address, e));
        }
    }

    private Bootstrap bootstrap(Opening opening) {
        ChannelLimits limits = config.limits();
        return new Bootstrap()
                .group(loops.group())
                .channel(loops.clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.connectTimeout().toMillis())
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writeLowWaterBytes(), limits.writeHighWaterBytes()))
                .handler(opening);
    }

    private static void ready(
            String address, ChannelFuture connected, Opening opening, CompletableFuture<ChannelConnection> made) {
        if (!connected.isSuccess()) {
            made.completeExceptionally(notConnected(address, connected.cause()));
            return;
        }
        // In a task of its own: Netty tells of success before the pipeline hears that the channel is active.
        connected.channel().eventLoop().execute(() -> {
            opening.connection.announce((InetSocketAddress) connected.channel().remoteAddress());
            made.complete(opening.connection);
        });
    }

    private static CallFailedException notConnected(String address, Throwable cause) {
        return new CallFailedException(
                Reason.NOT_CONNECTED, "cannot connect to " + address + ": " + cause.getMessage(), cause);
    }

    void close() {
        resolver.close();
    }

    private final class Opening extends ChannelInitializer<Channel> {

        private ChannelConnection connection;

        @Override
        protected void initChannel(Channel channel) {
            connection = assembly.attach(channel, dispatcher);
        }
    }
}
