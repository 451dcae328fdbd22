package io.orbitmq.server.node;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, closed in reverse order; a failure does not keep the rest from closing. One thread. */
final class CloseStack implements Closeable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /** Remembers {@code part} and returns it. */
    <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    /** Closes everything; the first failure is thrown at the end, later ones are attached to it. */
    @Override
    public void close() throws IOException {
        Exception first = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first instanceof IOException failure) {
            throw failure;
        } else if (first != null) {
            throw new IOException("A part of the server could not be closed: " + first.getMessage(), first);
        }
    }
}
