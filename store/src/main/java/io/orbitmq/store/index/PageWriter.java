package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Writes a file of checksummed pages, front to back. Callers see one address space of payload bytes; the pages are
 * invisible but for {@link #alignToPage}.
 *
 * <pre>
 * page (4096 bytes): payload 4080 | page number 8 | 0 4 | CRC32C of the 4092 bytes before 4
 * </pre>
 *
 * <p>Sizes of 12, 16 and 20 bytes divide a payload, so entries do not lie across pages as long as only they are written. The
 * file gets its name when it is complete and durable.
 */
final class PageWriter implements AutoCloseable {

    static final int PAGE_BYTES = 4096;
    static final int PAYLOAD_BYTES = 4080;
    static final int CRC_AT = PAGE_BYTES - Integer.BYTES;

    private static final int BUFFERED_PAGES = 64;

    private final Disk disk;
    private final Path target;
    private final Path temporary;
    private final DiskFile file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFERED_PAGES * PAGE_BYTES);
    private final CRC32C crc = new CRC32C();
    private long filePosition;
    private long pageNumber;
    private int pageStart;

    PageWriter(Disk disk, Path target) throws IOException {
        this.disk = disk;
        this.target = target;
        this.temporary = target.resolveSibling(target.getFileName() + ".tmp");
        disk.delete(temporary);
        this.file = disk.open(temporary);
    }

    private PageWriter(PageWriter trunk, long address) {
        this.disk = trunk.disk;
        this.target = trunk.target;
        this.temporary = trunk.temporary;
        this.file = trunk.file;
        this.pageNumber = address / PAYLOAD_BYTES;
        this.filePosition = pageNumber * PAGE_BYTES;
    }

    /**
     * Writes a later part of the same file, from the page-aligned {@code address} on. To be ended with {@link #flush}
     * before this writer is finished, which has come as far as that address by then.
     */
    PageWriter branch(long address) {
        return new PageWriter(this, address);
    }

    /** Hands whole pages to the file. */
    void flush() throws IOException {
        alignToPage();
        drain();
    }

    /** Payload address of the next byte. */
    long address() {
        return pageNumber * PAYLOAD_BYTES + buffer.position() - pageStart;
    }

    /** The address {@code from}, or the start of the next page when it lies inside one. */
    static long aligned(long from) {
        return (from + PAYLOAD_BYTES - 1) / PAYLOAD_BYTES * PAYLOAD_BYTES;
    }

    void putInt(int value) throws IOException {
        if (pageRemaining() >= Integer.BYTES) {
            buffer.putInt(value);
            endFullPage();
        } else {
            for (int shift = 24; shift >= 0; shift -= 8) {
                buffer.put((byte) (value >>> shift));
                endFullPage();
            }
        }
    }

    void putLong(long value) throws IOException {
        if (pageRemaining() >= Long.BYTES) {
            buffer.putLong(value);
            endFullPage();
        } else {
            putInt((int) (value >>> 32));
            putInt((int) value);
        }
    }

    /** Two longs and an int. */
    void putEntry(long first, long second, int third) throws IOException {
        if (pageRemaining() >= 2 * Long.BYTES + Integer.BYTES) {
            buffer.putLong(first).putLong(second).putInt(third);
            endFullPage();
        } else {
            putLong(first);
            putLong(second);
            putInt(third);
        }
    }

    /** A long and an int. */
    void putCompact(long first, int second) throws IOException {
        if (pageRemaining() >= Long.BYTES + Integer.BYTES) {
            buffer.putLong(first).putInt(second);
            endFullPage();
        } else {
            putLong(first);
            putInt(second);
        }
    }

    /** Two longs. */
    void putLongs(long first, long second) throws IOException {
        if (pageRemaining() >= 2 * Long.BYTES) {
            buffer.putLong(first).putLong(second);
            endFullPage();
        } else {
            putLong(first);
            putLong(second);
        }
    }

    /** Appends {@code length} payload bytes of another file. */
    void copy(PageWindow source, long from, long length) throws IOException {
        long at = from;
        long end = from + length;
        while (at < end) {
            ByteBuffer page = source.pageOf(at);
            int offset = (int) (at % PAYLOAD_BYTES);
            int step = (int) Math.min(Math.min(PAYLOAD_BYTES - offset, pageRemaining()), end - at);
            buffer.put(buffer.position(), page, offset, step).position(buffer.position() + step);
            endFullPage();
            at += step;
        }
    }

    /** Fills the current page with zeros. */
    void alignToPage() throws IOException {
        if (buffer.position() > pageStart) {
            while (buffer.position() < pageStart + PAYLOAD_BYTES) {
                buffer.put((byte) 0);
            }
            endFullPage();
        }
    }

    /** Completes the file: whole pages, forced, renamed. */
    void finish() throws IOException {
        flush();
        file.force(true);
        file.close();
        disk.rename(temporary, target);
        disk.forceDirectory(target.getParent());
    }

    /** Abandons the file unless it was finished. */
    @Override
    public void close() throws IOException {
        if (disk.exists(temporary)) {
            file.close();
            disk.delete(temporary);
        }
    }

    private int pageRemaining() {
        return pageStart + PAYLOAD_BYTES - buffer.position();
    }

    private void endFullPage() throws IOException {
        if (pageRemaining() > 0) {
            return;
        }
        buffer.putLong(pageNumber++).putInt(0);
        crc.reset();
        crc.update(buffer.duplicate().limit(buffer.position()).position(pageStart));
        buffer.putInt((int) crc.getValue());
        if (!buffer.hasRemaining()) {
            drain();
        }
        pageStart = buffer.position();
    }

    private void drain() throws IOException {
        buffer.flip();
        int bytes = buffer.remaining();
        file.write(filePosition, buffer);
        filePosition += bytes;
        buffer.clear();
        pageStart = 0;
    }
}
