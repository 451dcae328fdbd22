package io.orbitmq.testkit.disk;

/** The machine lost power in the middle of an operation. Not an IOException, so that nobody handles it. */
public final class SimulatedCrash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(String operation) {
        super("the simulated machine lost power at: " + operation);
    }
}
