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

    /**
     * Reads pages from {@code firstPage} on until {@code target} is full or the file ends, and checks them.
     *
     * @return how many
     */
    int readPages(long firstPage, ByteBuffer target) throws IOException {
        long wanted = Math.max(1, Math.min(target.capacity() / PageWriter.PAGE_BYTES, pageCount - firstPage));
        target.clear().limit((int) wanted * PageWriter.PAGE_BYTES);
        enter();
        try {
            int read = file.read(firstPage * PageWriter.PAGE_BYTES, target);
            if (read != target.limit()) {
                throw new DamagedIndexException("index file " + path + " ends " + read + " bytes behind page "
                        + firstPage + ", expected " + target.limit() + "; it will be rebuilt from the log");
            }
        } finally {
            leave();
        }
        CRC32C crc = new CRC32C();
        for (int i = 0; i < wanted; i++) {
            int start = i * PageWriter.PAGE_BYTES;
            crc.reset();
            crc.update(target.limit(start + PageWriter.CRC_AT).position(start));
            target.clear();
            if ((int) crc.getValue() != target.getInt(start + PageWriter.CRC_AT)
                    || target.getLong(start + PageWriter.PAYLOAD_BYTES) != firstPage + i) {
                throw new DamagedIndexException("page " + (firstPage + i) + " of index file " + path
                        + " differs from what was written (checksum); it will be rebuilt from the log");
            }
        }
        return (int) wanted;
    }

    /** No further reads; the file is closed, and deleted if asked for, when those under way have ended. */
    void retire(boolean delete) {
        deleteAtEnd = delete;
        if (readers.getAndAdd(RETIRED) == 0) {
            end();
        }
    }

    /** Whether its life has ended: what it held is in another file. */
    boolean isRetired() {
        return readers.get() < 0;
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
