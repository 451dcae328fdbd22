package io.orbitmq.broker.manage;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/** Tells the nameservers about changed topics at once, so that who asks them after the operator's answer sees the change. */
@FunctionalInterface
public interface Announcer {

    /** For a broker without nameservers. */
    Announcer NOBODY = topics -> CompletableFuture.completedFuture(null);

    /**
     * Completes normally when every nameserver was told or given up on; any thread.
     *
     * @param topics names of what changed or is gone; empty when the broker's own settings changed
     */
    CompletableFuture<Void> announce(Collection<String> topics);
}
