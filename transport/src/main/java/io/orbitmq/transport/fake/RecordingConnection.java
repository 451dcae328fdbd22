package io.orbitmq.transport.fake;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import io.orbitmq.transport.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A connection without a network that remembers what was sent over it. {@link #execute} runs the task at once on the
 * calling thread. Calls stay open until the test completes {@link Call#answer} or closes the connection. Any thread.
 */
public final class RecordingConnection implements Connection {

    private static final int LOCAL_PORT = 10911;

    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Command> oneWays = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;

    /** A peer at 127.0.0.1:40000. */
    public RecordingConnection() {
        this(40_000);
    }

    /** A peer at 127.0.0.1 with the given port, to tell several peers apart. */
    public RecordingConnection(int remotePort) {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), remotePort));
    }

    public RecordingConnection(InetSocketAddress remote) {
        this.remote = remote;
        this.local = new InetSocketAddress(InetAddress.getLoopbackAddress(), LOCAL_PORT);
    }

    /**
     * A request that was sent with {@link Connection#call}.
     *
     * @param request what was sent; its opaque is as the caller left it
     * @param timeout the caller's patience
     * @param answer for the test to complete, normally or exceptionally
     */
    public record Call(Command request, Duration timeout, CompletableFuture<Command> answer) {}

    /** All calls so far, oldest first. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** All one-way requests so far, oldest first, with the one-way flag set. */
    public List<Command> oneWays() {
        return List.copyOf(oneWays);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public CompletableFuture<Command> call(Command request, Duration timeout) {
        if (!open) {
            return CompletableFuture.failedFuture(closed());
        }
        Call call = new Call(request, timeout, new CompletableFuture<>());
        calls.add(call);
        return call.answer();
    }

    @Override
    public void sendOneWay(Command request) {
        if (open) {
            oneWays.add(request.asOneWay());
        }
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    /** Closes; calls without an answer fail. */
    @Override
    public void close() {
        open = false;
        calls.forEach(call -> call.answer().completeExceptionally(closed()));
    }

    private CallFailedException closed() {
        return new CallFailedException(Reason.CLOSED, "the recording connection to " + remote + " is closed");
    }
}
