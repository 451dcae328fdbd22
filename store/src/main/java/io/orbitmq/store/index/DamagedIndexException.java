package io.orbitmq.store.index;

import java.io.IOException;

/**
 * An index file is not what was written. The log is unharmed: the index marks itself so that the next opening rebuilds it
 * from the log.
 */
public final class DamagedIndexException extends IOException {

    DamagedIndexException(String text) {
        super(text);
    }
}
