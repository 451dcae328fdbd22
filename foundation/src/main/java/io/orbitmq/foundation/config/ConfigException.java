package io.orbitmq.foundation.config;

import java.util.List;

/** Settings nobody can start with. The message lists every fault, one sentence per line. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** @param faults sentences for the operator: what was found where, what is expected, what to do */
    public ConfigException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    /** The faults, in the order they were found. */
    public List<String> faults() {
        return faults;
    }
}
