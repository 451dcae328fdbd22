package io.orbitmq.benchmarks.load;

import io.orbitmq.foundation.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * The one thread of the generator: polls its connections, feeds responses to the workload and lets it send. Not safe
 * for concurrent use.
 */
final class LoadLoop implements AutoCloseable {

    private final Clock clock;
    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();

    LoadLoop(Clock clock, InetSocketAddress address, int connectionCount) throws IOException {
        this.clock = clock;
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
     * @throws IOException when a connection breaks
     */
    void run(Work work) throws IOException {
        while (!work.done()) {
            long waitNanos = work.sendDue(clock.nanos());
            for (LoadConnection connection : connections) {
                connection.flush();
            }
            select(waitNanos);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isReadable()) {
                    ((LoadConnection) key.attachment()).receive(work);
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private void select(long waitNanos) throws IOException {
        if (waitNanos < 1_000_000L) {
            selector.selectNow();
        } else {
            selector.select(waitNanos / 1_000_000L);
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
