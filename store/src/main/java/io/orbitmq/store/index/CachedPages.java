package io.orbitmq.store.index;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One reader's way to the page cache. */
final class CachedPages implements PageSource {

    private final PageCache cache;
    private final boolean memoryOnly;
    private long lastNumber;

    /** @param memoryOnly a page that is not in the cache is not read: {@link PageNotInMemoryException} */
    CachedPages(PageCache cache, boolean memoryOnly) {
        this.cache = cache;
        this.memoryOnly = memoryOnly;
    }

    /** What will be read lies before {@code endAddress}. */
    void expectUpTo(long endAddress) {
        lastNumber = (endAddress - 1) / PageWriter.PAYLOAD_BYTES;
    }

    @Override
    public ByteBuffer page(PagedFile file, long number) throws IOException {
        if (!memoryOnly) {
            return cache.get(file, number, lastNumber);
        }
        ByteBuffer page = cache.find(file, number);
        if (page == null) {
            throw new PageNotInMemoryException();
        }
        return page;
    }
}
