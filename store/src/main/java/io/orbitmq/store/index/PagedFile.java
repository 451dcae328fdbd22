package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An immutable file of checksummed pages (see {@link PageWriter}), open for reading by any thread. {@link #retire} ends
 * its life once the last read under way has ended.
 */
final class PagedFile {

    private static final Logger LOG = LoggerFactory.getLogger(PagedFile.class);
    private static final int RETIRED = Integer.MIN_VALUE;

    private final Disk disk;
    private final Path path;
    private final DiskFile file;
    private final long pageCount;
    private final AtomicInteger readers = new AtomicInteger();
    private volatile boolean deleteAtEnd;

    PagedFile(Disk disk, Path path) throws IOException {
        this.disk = disk;
        this.path = path;
        this.file = disk.openReadOnly(path);
        this.pageCount = file.size() / PageWriter.PAGE_BYTES;
        if (pageCount == 0 || file.size() % PageWriter.PAGE_BYTES != 0) {
            long size = file.size();
            file.close();
            throw new DamagedIndexException("index file " + path + " has " + size + " bytes, expected whole pages of "
                    + PageWriter.PAGE_BYTES + "; it will be rebuilt from the log");
        }
    }

    Path path() {
        return path;
    }

    long sizeBytes() {
        return pageCount * PageWriter.PAGE_BYTES;
    }

    /** Payload address where the last page begins. */
    long lastPageAddress() {
        return (pageCount - 1) * PageWriter.PAYLOAD_BYTES;
    }

    /** Reads a whole page into {@code target}, which has {@link PageWriter#PAGE_BYTES} bytes, and checks it. */
    void readPage(long pageNumber, ByteBuffer target) throws IOException {
        enter();
        try {
            target.clear();
            int read = file.read(pageNumber * PageWriter.PAGE_BYTES, target);
            if (read != PageWriter.PAGE_BYTES) {
                throw new DamagedIndexException("index file " + path + " ends in page " + pageNumber + " after " + read
                        + " of " + PageWriter.PAGE_BYTES + " bytes; it will be rebuilt from the log");
            }
        } finally {
            leave();
        }
        CRC32C crc = new CRC32C();
        crc.update(target.clear().limit(PageWriter.CRC_AT));
        target.clear();
        if ((int) crc.getValue() != target.getInt(PageWriter.CRC_AT)
                || target.getLong(PageWriter.PAYLOAD_BYTES) != pageNumber) {
            throw new DamagedIndexException("page " + pageNumber + " of index file " + path
                    + " differs from what was written (checksum); it will be rebuilt from the log");
        }
    }

    /** No further reads; the file is closed, and deleted if asked for, when those under way have ended. */
    void retire(boolean delete) {
        deleteAtEnd = delete;
        if (readers.getAndAdd(RETIRED) == 0) {
            end();
        }
    }

    private void enter() throws RetiredRunException {
        int count;
        do {
            count = readers.get();
            if (count < 0) {
                throw new RetiredRunException();
            }
        } while (!readers.compareAndSet(count, count + 1));
    }

    private void leave() {
        if (readers.decrementAndGet() == RETIRED) {
            end();
        }
    }

    private void end() {
        try {
            file.close();
            if (deleteAtEnd) {
                disk.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("event=index-file-not-removed file={} cause={}", path, e.toString());
        }
    }
}
