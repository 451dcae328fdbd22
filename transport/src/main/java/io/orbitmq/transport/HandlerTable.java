package io.orbitmq.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The one-screen table of a server: code, handler, lane. Immutable once built. */
public final class HandlerTable {

    private final Map<Integer, Entry> entries;

    private HandlerTable(Map<Integer, Entry> entries) {
        this.entries = Map.copyOf(entries);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The entry for a request code; empty means code 3 " request type N not supported". */
    public Optional<Entry> find(int code) {
        return Optional.ofNullable(entries.get(code));
    }

    /** All entries by request code. */
    public Map<Integer, Entry> entries() {
        return entries;
    }

    /**
     * A row.
     *
     * @param handler what to run
     * @param lane where to run it
     */
    public record Entry(RequestHandler handler, Lane lane) {}

    /** Collects rows. */
    public static final class Builder {

        private final Map<Integer, Entry> entries = new HashMap<>();

        /** @throws IllegalStateException when the code already has a handler */
        public Builder on(int code, Lane lane, RequestHandler handler) {
            if (entries.putIfAbsent(code, new Entry(handler, lane)) != null) {
                throw new IllegalStateException("request code " + code + " already has a handler; give it one row");
            }
            return this;
        }

        public HandlerTable build() {
            return new HandlerTable(entries);
        }
    }
}
