package io.orbitmq.broker.fake;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A connection whose event loop comes round when the test says so. */
public final class LoopConnection implements Connection {

    private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 41_000);
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private volatile boolean open = true;

    /** Runs what waits; returns how many tasks there were. */
    public int runLoop() {
        int count = 0;
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
            count++;
        }
        return count;
    }

    private synchronized Runnable next() {
        return tasks.poll();
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return address;
    }

    @Override
    public InetSocketAddress localAddress() {
        return address;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public CompletableFuture<Command> call(Command request, Duration timeout) {
        throw new UnsupportedOperationException("this connection only runs tasks");
    }

    @Override
    public void sendOneWay(Command request) {
        throw new UnsupportedOperationException("this connection only runs tasks");
    }

    @Override
    public void close() {
        open = false;
    }
}
