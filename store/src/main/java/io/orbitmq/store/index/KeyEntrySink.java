package io.orbitmq.store.index;

import java.io.IOException;

/** Takes entries of the key index. */
interface KeyEntrySink {

    /** False when no further entry is wanted. */
    boolean accept(long position, int storeSeconds) throws IOException;
}
