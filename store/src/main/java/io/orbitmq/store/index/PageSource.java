package io.orbitmq.store.index;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a {@link PageWindow} gets its pages from. One thread at a time. */
interface PageSource {

    /** A checked page; valid until the next call. */
    ByteBuffer page(PagedFile file, long number) throws IOException;
}
