package io.orbitmq.transport.channel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import io.orbitmq.transport.Connection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Connection} over a Netty channel. Its mutable state belongs to the channel's event loop. */
public final class ChannelConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelConnection.class);

    private final Channel channel;
    private final Loop loop;
    private final Services services;
    private final Outbound outbound;
    private final PendingCalls calls;
    private final ReadGate gate;
    private final IdleWatch idle;
    private volatile InetSocketAddress remote = new InetSocketAddress(0);
    private volatile HostAddress remoteHost = HostAddress.of(remote);
    private volatile InetSocketAddress local = new InetSocketAddress(0);
    private boolean announced;
    private int requestsInWork;

    ChannelConnection(Channel channel, Loop loop, Services services) {
        this.channel = channel;
        this.loop = loop;
        this.services = services;
        this.idle = new IdleWatch(loop, services.clock(), services.limits().idleTimeout(), this::closeIdle);
        this.outbound = new Outbound(channel, loop, services, idle);
        this.calls = new PendingCalls(loop.eventLoop(), services);
        this.gate = new ReadGate(channel, outbound, services);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public HostAddress remoteHost() {
        return remoteHost;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public CompletableFuture<Command> call(Command request, Duration timeout) {
        if (!isOpen()) {
            return CompletableFuture.failedFuture(closedException());
        }
        if (!calls.reserve()) {
            return CompletableFuture.failedFuture(new CallFailedException(
                    Reason.BUSY,
                    "the connection to " + remote + " already has "
                            + services.limits().maxCalls() + " calls without answer; wait for some"));
        }
        CompletableFuture<Command> answer = new CompletableFuture<>();
        long deadlineNanos = services.clock().nanos() + timeout.toNanos();
        loop.submit(new OutgoingRequest(this, request, deadlineNanos, answer));
        return answer;
    }

    @Override
    public void sendOneWay(Command request) {
        loop.submit(new OutgoingOneWay(this, services.traffic(), request.asOneWay()));
    }

    /** As promised, and when the event loop has stopped for good the task is dropped. */
    @Override
    public void execute(Runnable task) {
        try {
            loop.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=task-dropped remote={} the event loop has stopped", this);
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    /** Closes once everything written so far has left. */
    public void closeAfterFlush() {
        execute(() -> {
            outbound.flush();
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        });
    }

    /** Takes no more requests from this connection; those in work are still answered. */
    public void stopReading() {
        execute(gate::shut);
    }

    /** Tells the listener that the connection is ready, with the address it is to be known by. On the event loop. */
    public void announce(InetSocketAddress remoteAddress) {
        if (!isOpen()) {
            return;
        }
        knowRemote(remoteAddress);
        announced = true;
        LOG.debug("event=connection-opened remote={} port={}", this, local.getPort());
        services.listener().opened(this);
    }

    void active() {
        knowRemote((InetSocketAddress) channel.remoteAddress());
        local = (InetSocketAddress) channel.localAddress();
        services.traffic().opened.increment();
        idle.start();
    }

    private void knowRemote(InetSocketAddress address) {
        remote = address;
        remoteHost = HostAddress.of(address);
    }

    void inactive() {
        services.traffic().closed.increment();
        idle.stop();
        outbound.discard();
        abandonRequests();
        calls.failAll("the connection to " + remote + " closed before the answer came");
        LOG.debug("event=connection-closed remote={} port={}", this, local.getPort());
        if (announced) {
            announced = false;
            tellClosed();
        }
    }

    /** Nobody waits for these answers any more; handlers may well never give them. */
    private void abandonRequests() {
        while (requestsInWork > 0) {
            requestsInWork--;
            loop.requestEnded();
        }
    }

    private void tellClosed() {
        try {
            services.listener().closed(this);
        } catch (RuntimeException e) {
            LOG.error("event=listener-failed remote={} its state for this connection may linger", this, e);
        }
    }

    private void closeIdle() {
        services.traffic().idle.increment();
        LOG.info(
                "event=connection-idle remote={} port={} action=closed idleMs={} inWorkBytes={} unsentBytes={}",
                this,
                local.getPort(),
                services.limits().idleTimeout().toMillis(),
                gate.inWorkBytes(),
                outbound.unsentBytes());
        channel.close();
    }

    /** Whether the peer leaves so much unread that nothing more may be sent. */
    boolean isClogged() {
        return outbound.unsentBytes() > services.limits().maxUnsentBytes();
    }

    /** After an answer was written: closes the connection if its peer leaves too much unread. */
    void wrote() {
        if (isClogged() && isOpen()) {
            services.traffic().stuck.increment();
            services.warnings()
                    .warn(
                            "event=connection-stuck remote={} port={} action=closed unsentBytes={} limit={}"
                                    + " the peer does not read its answers",
                            this,
                            local.getPort(),
                            outbound.unsentBytes(),
                            services.limits().maxUnsentBytes());
            channel.close();
        }
    }

    void requestBegun(int frameBytes) {
        requestsInWork++;
        loop.requestBegun();
        gate.requestBegun(frameBytes);
    }

    void requestEnded(int frameBytes) {
        if (requestsInWork > 0) {
            requestsInWork--;
            loop.requestEnded();
        }
        gate.requestEnded(frameBytes);
    }

    CallFailedException closedException() {
        return new CallFailedException(Reason.CLOSED, "the connection to " + remote + " is closed");
    }

    Loop loop() {
        return loop;
    }

    Outbound outbound() {
        return outbound;
    }

    PendingCalls calls() {
        return calls;
    }

    ReadGate gate() {
        return gate;
    }

    IdleWatch idle() {
        return idle;
    }

    @Override
    public String toString() {
        return remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }
}
