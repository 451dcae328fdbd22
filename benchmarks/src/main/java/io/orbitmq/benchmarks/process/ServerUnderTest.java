package io.orbitmq.benchmarks.process;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A running broker with its nameserver. */
public interface ServerUnderTest extends AutoCloseable {

    InetSocketAddress broker();

    /** What clients are told, {@code host:port}. */
    String nameserver();

    /** CPU and memory of the broker's process. */
    ProcessUsage usage() throws IOException;

    StartTimes startTimes();

    /** Stops the processes and waits for their end. */
    @Override
    void close();

    /** Which flush mode to run with. */
    enum Flush {
        SYNC_FLUSH,
        ASYNC_FLUSH
    }

    /** Starts servers on fresh data and free ports. */
    interface Starter {

        /** Name for the table. */
        String name();

        /** Builds or checks what a start needs, before anything is timed. */
        void prepare() throws IOException;

        /** Returns when the server is ready and took its first message. */
        ServerUnderTest start(Flush flush) throws IOException;
    }
}
