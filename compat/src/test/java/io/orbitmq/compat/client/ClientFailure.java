package io.orbitmq.compat.client;

/** A checked exception of the official library, with the response code it carried (-1 for none). */
public final class ClientFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    public ClientFailure(Throwable cause, int code) {
        super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
