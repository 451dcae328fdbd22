package io.orbitmq.transport.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Turns Netty channels into connections and knows those that are open. Any thread. */
public final class ConnectionAssembly {

    private final EventLoops loops;
    private final Services services;
    private final Set<ChannelConnection> open = ConcurrentHashMap.newKeySet();

    public ConnectionAssembly(EventLoops loops, Services services) {
        this.loops = loops;
        this.services = services;
    }

    /**
     * Appends the handler that makes a channel a connection; what stands before it in the pipeline must deliver plain
     * bytes. The caller announces the connection once its peer's address is known.
     */
    public ChannelConnection attach(Channel channel, Dispatcher dispatcher) {
        Loop loop = loops.of(channel.eventLoop());
        ChannelConnection connection = new ChannelConnection(channel, loop, services);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(
                "connection",
                new ConnectionHandler(
                        connection,
                        dispatcher,
                        services,
                        receiver -> new FrameReader(
                                channel.alloc(),
                                services.limits().maxFrameBytes(),
                                services.incomplete(),
                                loop.decoder(),
                                receiver)));
        open.add(connection);
        channel.closeFuture().addListener(closed -> open.remove(connection));
        return connection;
    }

    /** The connections open now. */
    public Set<ChannelConnection> open() {
        return Set.copyOf(open);
    }

    /** Requests received on any connection that wait for their answers. Waits for the event loops: not from one. */
    public long requestsInWork() throws InterruptedException {
        long sum = 0;
        for (Loop loop : loops.all()) {
            Callable<Long> question = loop::inWork;
            try {
                sum += loop.eventLoop()
                        .schedule(question, 5, TimeUnit.MILLISECONDS)
                        .get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("an event loop cannot tell its requests in work", e);
            }
        }
        return sum;
    }
}
