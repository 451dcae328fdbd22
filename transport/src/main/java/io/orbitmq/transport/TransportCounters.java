package io.orbitmq.transport;

/** What a server or client did since its start; plain numbers that only grow unless said otherwise. Any thread. */
public interface TransportCounters {

    /** Connections open now; grows and shrinks. */
    long openConnections();

    /** Connections accepted or made. */
    long connections();

    /** Connections closed by us because their bytes were no legal frames. */
    long malformedConnections();

    /** Connections closed by us because they were idle. */
    long idleConnections();

    /** Connections closed by us because their peer left too many answers unread. */
    long stuckConnections();

    /** Requests received, one-way ones included. */
    long requests();

    /** Bytes received, before decoding. */
    long bytesIn();

    /** Bytes of frames handed to connections. */
    long bytesOut();

    /** Requests of unknown codes, answered code 3. */
    long unsupportedRequests();

    /** Requests over a lane's bound, answered code 2. */
    long overloadRefusals();

    /** Requests whose handler threw, answered code 1. */
    long handlerFailures();

    /** Requests answered "please go away" while stopping. */
    long goAwayAnswers();

    /** How often reading from a connection paused for back-pressure. */
    long readPauses();

    /** One-way requests not sent because the connection was gone or its peer did not read. */
    long droppedOneWays();

    /** Calls that got no answer in time. */
    long callTimeouts();
}
