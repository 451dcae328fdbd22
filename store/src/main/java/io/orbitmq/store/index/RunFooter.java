package io.orbitmq.store.index;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The last page of a run file: what the file holds and where.
 *
 * <pre>
 * magic 8 | kind 8 | start position 8 | end position 8 | entries 8 | first 8 | second 8 | third 8 | fourth 8
 * </pre>
 *
 * @param kind {@link #QUEUES} or {@link #KEYS}
 * @param startPosition the run covers the log from here
 * @param endPosition to here, exclusively
 * @param entryCount entries in the file
 * @param first queue runs: number of queues; key runs: smallest store time in seconds
 * @param second queue runs: payload address of the entries; key runs: largest store time in seconds
 * @param third queue runs: payload address of the bitmap of queue numbers
 * @param fourth queue runs: number of the bitmap's first bit
 */
record RunFooter(
        long kind,
        long startPosition,
        long endPosition,
        long entryCount,
        long first,
        long second,
        long third,
        long fourth) {

    static final long QUEUES = 1;
    static final long KEYS = 2;

    /** What names of run files end in. */
    static final String SUFFIX = ".run";

    /** "OMQRUN" and the version of the format. */
    private static final long MAGIC = 0x4F4D5152554E3032L;

    private static final int LONGS = 9;

    void write(PageWriter target) throws IOException {
        target.alignToPage();
        target.putLong(MAGIC);
        target.putLong(kind);
        target.putLong(startPosition);
        target.putLong(endPosition);
        target.putLong(entryCount);
        target.putLong(first);
        target.putLong(second);
        target.putLong(third);
        target.putLong(fourth);
    }

    static RunFooter read(PagedFile file, long expectedKind) throws IOException {
        PageWindow window = new PageWindow().on(file);
        long[] values = new long[LONGS];
        for (int i = 0; i < LONGS; i++) {
            values[i] = window.getLong(file.lastPageAddress() + (long) i * Long.BYTES);
        }
        if (values[0] != MAGIC || values[1] != expectedKind) {
            throw new DamagedIndexException("the last page of index file " + file.path() + " is no footer of kind "
                    + expectedKind + " and of this version; the file will be rebuilt from the log");
        }
        return new RunFooter(values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8]);
    }

    /** The file of run number {@code fileNumber}. */
    static Path path(Path directory, long fileNumber) {
        return directory.resolve(String.format("%016d" + SUFFIX, fileNumber));
    }
}
