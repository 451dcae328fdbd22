package io.orbitmq.broker;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The settings of a running broker. Handlers ask at every request, so a replaced setting takes effect at once where
 * protocol/15 marks it "R"; what is only read at start keeps its old value. Safe for any thread.
 */
public final class LiveConfig {

    private volatile BrokerConfig current;

    public LiveConfig(BrokerConfig initial) {
        this.current = Objects.requireNonNull(initial, "initial");
    }

    public BrokerConfig get() {
        return current;
    }

    /** Replaces the settings by what {@code change} makes of them; one change at a time. */
    public synchronized void update(UnaryOperator<BrokerConfig> change) {
        current = Objects.requireNonNull(change.apply(current), "changed settings");
    }
}
