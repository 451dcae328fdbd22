package io.orbitmq.server.node;

/** Cleans up after a start that failed half way. Stateless. */
final class StartFailure {

    private StartFailure() {}

    /** Closes what had been started; a failure to close is attached to the failure to start. */
    static void closeAfter(Exception failure, AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
