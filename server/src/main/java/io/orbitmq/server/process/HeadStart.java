package io.orbitmq.server.process;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.NetUtil;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Initialises what every server needs on a thread of its own while the main thread still reads the command line: log,
 * buffers, network interfaces. Makes a start use two cores; nothing depends on it.
 */
public final class HeadStart {

    private HeadStart() {}

    /** Returns at once. */
    public static void begin() {
        Thread thread = Executors.defaultThreadFactory().newThread(HeadStart::initialise);
        thread.setName("head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void initialise() {
        Logger log = LoggerFactory.getLogger(HeadStart.class);
        log.debug(
                "event=initialised loopback={} buffers={}", NetUtil.LOCALHOST, PooledByteBufAllocator.DEFAULT.metric());
    }
}
