package io.orbitmq.store.segment;

import java.io.IOException;

/** Data that was promised to be on disk is not there or damaged; the message says where and what to do. */
public final class CorruptLogException extends IOException {

    private static final long serialVersionUID = 1L;

    public CorruptLogException(String message) {
        super(message);
    }
}
