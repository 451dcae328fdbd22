package io.orbitmq.benchmarks.load;

import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread of the generator: polls its connections, feeds responses to the workload and lets it send. Not safe
 * for concurrent use.
 */
final class LoadLoop implements AutoCloseable {

    private static final long MILLI_NANOS = 1_000_000L;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final InetSocketAddress address;
    private final Clock clock;
    private final Waiting waiting;
    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();

    LoadLoop(Clock clock, Waiting waiting, InetSocketAddress address, int connectionCount) throws IOException {
        this.clock = clock;
        this.waiting = waiting;
        this.address = address;
        this.selector = Selector.open();
        for (int i = 0; i < connectionCount; i++) {
            connections.add(new LoadConnection(address, selector));
        }
    }

    List<LoadConnection> connections() {
        return connections;
    }

    /**
     * Runs until {@code work} says it is done.
     *
     * @throws IOException when a connection breaks or nothing at all came for thirty seconds
     */
    void run(Work work) throws IOException {
        long lastReceiptNanos = clock.nanos();
        while (!work.done()) {
            long now = clock.nanos();
            long waitNanos = work.sendDue(now);
            for (LoadConnection connection : connections) {
                connection.flush();
            }
            select(waitNanos);
            if (!selector.selectedKeys().isEmpty()) {
                lastReceiptNanos = now;
            } else if (now - lastReceiptNanos > PATIENCE_NANOS) {
                throw new IOException("the broker at " + address + " answered nothing for thirty seconds");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isReadable()) {
                    ((LoadConnection) key.attachment()).receive(work);
                }
            }
            selector.selectedKeys().clear();
        }
    }

    /** Unless told to poll, sleeps rather than spins before a send that is due soon: the core belongs to the broker. */
    private void select(long waitNanos) throws IOException {
        if (waiting == Waiting.POLL) {
            selector.selectNow();
        } else if (waitNanos < MILLI_NANOS) {
            if (waitNanos > 0) {
                LockSupport.parkNanos(waitNanos);
            }
            selector.selectNow();
        } else {
            selector.select(waitNanos / MILLI_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        for (LoadConnection connection : connections) {
            connection.close();
        }
        selector.close();
    }

    /** What to send and what to do with answers. */
    interface Work extends LoadConnection.Receiver {

        /** Sends what is due; returns how long the loop may wait for answers, in nanoseconds. */
        long sendDue(long nowNanos);

        boolean done();
    }
}
