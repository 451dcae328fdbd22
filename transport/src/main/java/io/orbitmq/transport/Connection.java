package io.orbitmq.transport;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.message.HostAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One TCP connection; requests may travel in both directions over it. Safe for any thread. Identity is equality. */
public interface Connection {

    InetSocketAddress remoteAddress();

    InetSocketAddress localAddress();

    /** The peer's address as messages bear it. */
    default HostAddress remoteHost() {
        return HostAddress.of(remoteAddress());
    }

    boolean isOpen();

    /** Sends a request and completes with its response, or exceptionally on time-out or close. */
    CompletableFuture<Command> call(Command request, Duration timeout);

    /** Sends a request that nobody answers; dropped when the connection is gone. */
    void sendOneWay(Command request);

    /** Runs {@code task} on this connection's event loop. */
    void execute(Runnable task);

    void close();
}
