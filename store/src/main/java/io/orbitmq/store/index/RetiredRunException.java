package io.orbitmq.store.index;

import java.io.IOException;

/** The run was merged or dropped meanwhile: look at the current view and go on. Never leaves the package. */
final class RetiredRunException extends IOException {

    RetiredRunException() {
        super("the run file was replaced; its entries are in another one");
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
