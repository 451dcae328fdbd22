package io.orbitmq.broker.longpoll;

import io.orbitmq.broker.longpoll.HeldBag.Kind;
import io.orbitmq.transport.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection has waiting, and what was woken for it: those woken while the event loop has not come round yet
 * run together in one task. Guarded by its own lock.
 */
final class ConnectionHolds {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHolds.class);

    private final Connection connection;
    private final HeldBag held = new HeldBag(Kind.CONNECTION);
    private List<HeldRequest> woken = new ArrayList<>();
    private boolean taskWaits;
    private boolean closed;

    ConnectionHolds(Connection connection) {
        this.connection = connection;
    }

    /** False when the connection is closed. */
    synchronized boolean add(HeldRequest request) {
        if (closed) {
            return false;
        }
        held.add(request);
        return true;
    }

    /** Moves a request that the caller has claimed from the waiting to the woken. */
    void wake(HeldRequest request) {
        synchronized (this) {
            held.remove(request);
            if (closed) {
                return;
            }
            woken.add(request);
            if (taskWaits) {
                return;
            }
            taskWaits = true;
        }
        try {
            connection.execute(this::runWoken);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=held-request-dropped reason=event-loop-closed remote={}", connection.remoteAddress());
        }
    }

    /** Everything that still waits; later ones are refused. */
    synchronized HeldRequest[] close() {
        closed = true;
        woken = new ArrayList<>();
        return held.takeAll();
    }

    private void runWoken() {
        List<HeldRequest> batch;
        synchronized (this) {
            batch = woken;
            woken = new ArrayList<>();
            taskWaits = false;
        }
        for (HeldRequest request : batch) {
            try {
                request.runAgain();
            } catch (RuntimeException e) {
                LOG.error(
                        "event=held-request-failed group={} topic={} queue={} remote={}",
                        request.waiting().group(),
                        request.queue().topic(),
                        request.queue().queueId(),
                        connection.remoteAddress(),
                        e);
            }
        }
    }
}
