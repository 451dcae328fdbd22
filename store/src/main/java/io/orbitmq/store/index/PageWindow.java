package io.orbitmq.store.index;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a {@link PagedFile} by payload address, keeping the page it read last. One thread at a time. */
final class PageWindow {

    private static final int PAGES_AHEAD = 8;

    private final PageSource source;
    private PagedFile file;
    private ByteBuffer page;
    private long pageNumber = -1;

    PageWindow(PageSource source) {
        this.source = source;
    }

    /** Reads page by page. */
    PageWindow() {
        this(new OwnPages(1));
    }

    /** For reading a file from front to back: takes some pages at a time. */
    static PageWindow readingAhead() {
        return new PageWindow(new OwnPages(PAGES_AHEAD));
    }

    /** Turns to another file; stays on its page when it is the same one. */
    PageWindow on(PagedFile other) {
        if (other != file) {
            file = other;
            pageNumber = -1;
        }
        return this;
    }

    long getLong(long address) throws IOException {
        int offset = (int) (address % PageWriter.PAYLOAD_BYTES);
        if (offset + Long.BYTES <= PageWriter.PAYLOAD_BYTES) {
            return pageOf(address).getLong(offset);
        }
        return (long) getInt(address) << 32 | getInt(address + Integer.BYTES) & 0xFFFFFFFFL;
    }

    int getInt(long address) throws IOException {
        int offset = (int) (address % PageWriter.PAYLOAD_BYTES);
        if (offset + Integer.BYTES <= PageWriter.PAYLOAD_BYTES) {
            return pageOf(address).getInt(offset);
        }
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            long at = address + i;
            value = value << 8 | pageOf(at).get((int) (at % PageWriter.PAYLOAD_BYTES)) & 0xFF;
        }
        return value;
    }

    /** The page that holds {@code address}; valid until the next call. */
    ByteBuffer pageOf(long address) throws IOException {
        long number = address / PageWriter.PAYLOAD_BYTES;
        if (number != pageNumber) {
            pageNumber = -1;
            page = source.page(file, number);
            pageNumber = number;
        }
        return page;
    }
}
