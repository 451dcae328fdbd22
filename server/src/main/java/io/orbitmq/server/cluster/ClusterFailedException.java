package io.orbitmq.server.cluster;

/** A command about a running cluster could not be carried out; the text says what happened and what to do. */
public final class ClusterFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClusterFailedException(String message) {
        super(message);
    }
}
