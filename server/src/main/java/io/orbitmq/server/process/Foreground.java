package io.orbitmq.server.process;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the process in the foreground until it is told to stop by SIGTERM, SIGINT or the end of the session, then
 * closes the server and ends the process with exit code 0, or 1 when closing failed.
 */
public final class Foreground {

    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);
    private static final int STOPPED_IN_ORDER = 0;
    private static final int STOPPED_WITH_FAILURE = 1;

    private Foreground() {}

    /**
     * Waits on the calling thread; never returns, because the process ends first.
     *
     * @param announcement tells that the server is up; runs once a signal would be obeyed, so that who has read it may
     *     stop the server at once
     */
    public static void runUntilStopped(Closeable server, Runnable announcement) {
        Thread stopper = Executors.defaultThreadFactory().newThread(() -> stop(server));
        stopper.setName("stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        announcement.run();
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                LOG.warn("event=main-thread-interrupted action=ignored, send SIGTERM to stop the server");
            }
        }
    }

    /** Halting inside the hook makes a stop in order an exit with code 0; the virtual machine's own would be 143. */
    private static void stop(Closeable server) {
        LOG.info("event=stopping");
        int exitCode = STOPPED_IN_ORDER;
        try {
            server.close();
            LOG.info("event=stopped");
        } catch (IOException | RuntimeException e) {
            LOG.error("event=stop-failed action=the next start recovers", e);
            exitCode = STOPPED_WITH_FAILURE;
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
