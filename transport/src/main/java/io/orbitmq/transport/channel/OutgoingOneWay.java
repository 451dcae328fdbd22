package io.orbitmq.transport.channel;

import io.orbitmq.protocol.frame.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A one-way request of ours on its way to the event loop. Dropped and counted when the connection is gone or its peer
 * does not read: nobody waits for it, so it must not pile up.
 */
final class OutgoingOneWay implements Loop.Submission {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingOneWay.class);

    private final ChannelConnection connection;
    private final Traffic traffic;
    private final Command request;

    OutgoingOneWay(ChannelConnection connection, Traffic traffic, Command request) {
        this.connection = connection;
        this.traffic = traffic;
        this.request = request;
    }

    @Override
    public void onLoop() {
        if (!connection.isOpen() || connection.isClogged()) {
            drop("connection closed or its peer does not read");
            return;
        }
        try {
            connection.outbound().write(request, request.body());
        } catch (IllegalArgumentException e) {
            drop(e.getMessage());
        }
    }

    @Override
    public void onLoopGone() {
        drop("event loop gone");
    }

    private void drop(String cause) {
        traffic.droppedOneWays.increment();
        LOG.debug("event=one-way-dropped code={} remote={} cause=\"{}\"", request.code(), connection, cause);
    }
}
