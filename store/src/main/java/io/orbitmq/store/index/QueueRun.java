package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An immutable file with the entries of a stretch of the log, grouped by queue. In memory are only the bits that say
 * which queues it holds; the place of a queue in the directory is the rank of its bit.
 *
 * <pre>
 * directory: per queue, by number: first offset 8 | address of the group 8 (upper two bits: its form)
 *            and one record more whose address is the end of the last group
 * entries:   the groups, see {@link EntryForm}
 * bitmap:    longs
 * footer:    see {@link RunFooter}
 * </pre>
 *
 * Each part begins on a page.
 */
final class QueueRun extends RunFile {

    static final int DIRECTORY_BYTES = 16;

    private static final int FORM_SHIFT = 62;
    private static final long ADDRESS = (1L << FORM_SHIFT) - 1;

    private final NumberBitmap numbers;

    private QueueRun(PagedFile file, long fileNumber, RunFooter footer, NumberBitmap numbers) {
        super(file, fileNumber, footer);
        this.numbers = numbers;
    }

    static QueueRun open(IndexDirectory directory, long fileNumber) throws IOException {
        return open(directory.disk(), directory.path(), fileNumber);
    }

    static QueueRun open(Disk disk, Path directory, long fileNumber) throws IOException {
        PagedFile file = new PagedFile(disk, RunFooter.path(directory, fileNumber));
        try {
            RunFooter footer = RunFooter.read(file, RunFooter.QUEUES);
            long words = (file.lastPageAddress() - footer.third()) / Long.BYTES;
            NumberBitmap numbers = NumberBitmap.read(
                    new PageWindow().on(file), footer.third(), (int) footer.fourth(), Math.toIntExact(words));
            if (numbers.size() != footer.first()) {
                throw new DamagedIndexException("index file " + file.path() + " lists " + numbers.size()
                        + " queues, its footer " + footer.first() + "; it will be rebuilt from the log");
            }
            return new QueueRun(file, fileNumber, footer, numbers);
        } catch (IOException | RuntimeException e) {
            file.retire(false);
            throw e;
        }
    }

    NumberBitmap numbers() {
        return numbers;
    }

    boolean contains(int number) {
        return numbers.contains(number);
    }

    /** Points {@code group} at the entries of a queue the run contains; they are read through {@code entries}. */
    void read(int number, PageWindow directory, PageWindow entries, EntryGroup group) throws IOException {
        PageWindow window = directory.on(file);
        long record = (long) numbers.rank(number) * DIRECTORY_BYTES;
        long first = window.getLong(record);
        long field = window.getLong(record + Long.BYTES);
        long address = field & ADDRESS;
        long length = (window.getLong(record + DIRECTORY_BYTES + Long.BYTES) & ADDRESS) - address;
        group.set(entries.on(file), positionBase(), first, address, length, EntryForm.of((int) (field >>> FORM_SHIFT)));
    }

    /** The upper bits of the positions in its compact groups. */
    long positionBase() {
        return EntryForm.base(footer.startPosition());
    }

    static long addressField(long address, EntryForm form) {
        return address | (long) form.ordinal() << FORM_SHIFT;
    }
}
