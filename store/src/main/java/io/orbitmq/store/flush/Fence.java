package io.orbitmq.store.flush;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closed once and for ever when a write or force of the log failed: what reached the disk is unknown, so nothing may be
 * acknowledged any more until the store is opened again and has read what is there. Safe for any thread.
 */
public final class Fence {

    private static final Logger LOG = LoggerFactory.getLogger(Fence.class);

    private final List<Consumer<String>> listeners = new ArrayList<>();
    private volatile String reason = "";

    public boolean isClosed() {
        return !reason.isEmpty();
    }

    /** Why, as a sentence for people; empty while open. */
    public String reason() {
        return reason;
    }

    /** {@code listener} hears the reason, at once when closed already. */
    public void onClose(Consumer<String> listener) {
        synchronized (this) {
            if (!isClosed()) {
                listeners.add(listener);
                return;
            }
        }
        listener.accept(reason);
    }

    /** Closes, and tells the listeners; only the first call has an effect. */
    public void close(String what, Throwable cause) {
        shut(what, cause);
        tell();
    }

    /** The first half of {@link #close}, for who holds a lock that listeners may wait for; {@link #tell} when given back. */
    public void shut(String what, Throwable cause) {
        synchronized (this) {
            if (isClosed()) {
                return;
            }
            reason = what + " failed (" + cause.getMessage()
                    + "). The store takes and acknowledges nothing more, because"
                    + " what reached the disk is unknown; messages can still be read. Check the disk and the kernel's"
                    + " log, then restart the broker: it keeps every message that was acknowledged.";
        }
        LOG.error("event=store-fenced reason=\"{}\"", reason, cause);
    }

    /** Tells the listeners who were not told yet, if closed. */
    public void tell() {
        if (!isClosed()) {
            return;
        }
        List<Consumer<String>> told;
        synchronized (this) {
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(listener -> listener.accept(reason));
    }
}
