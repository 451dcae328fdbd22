package io.orbitmq.compat.client;

import java.util.List;

/** Called by the official library, on its threads. */
@FunctionalInterface
public interface MessageListener {

    /** Answers true when the messages are consumed, false when they shall come again. */
    boolean onMessages(List<Received> messages);
}
