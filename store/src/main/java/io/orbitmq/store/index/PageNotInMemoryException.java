package io.orbitmq.store.index;

import java.io.IOException;

/** A reader that must not wait for the disk would have to. Never leaves the package. */
final class PageNotInMemoryException extends IOException {

    PageNotInMemoryException() {
        super("the index page is on disk");
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
