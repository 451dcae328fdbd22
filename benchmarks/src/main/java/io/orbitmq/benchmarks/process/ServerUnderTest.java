package io.orbitmq.benchmarks.process;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A running broker with its nameserver. */
public interface ServerUnderTest extends AutoCloseable {

    InetSocketAddress broker();

    /** CPU, memory and age of the broker's process. */
    ProcessUsage usage() throws IOException;

    /** From the start of the processes until the server said it is ready, in milliseconds. */
    long readyAfterMs();

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

        ServerUnderTest start(Flush flush) throws IOException;
    }
}
