package io.orbitmq.store.index;

import java.io.IOException;

/** Lays out a queue run: directory and entries side by side, then bitmap and footer. One pass over the source. */
final class QueueRunWriter {

    private QueueRunWriter() {}

    /** Writes the whole file except its end; {@link PageWriter#finish} remains to be called. */
    static void write(PageWriter target, QueueRunSource source, long startPosition, long endPosition)
            throws IOException {
        NumberBitmap numbers = source.numbers();
        long entriesAt = PageWriter.aligned((numbers.size() + 1L) * QueueRun.DIRECTORY_BYTES);
        PageWriter entries = target.branch(entriesAt);
        long address = entriesAt;
        long entryCount = 0;
        for (int number = numbers.next(0); number >= 0; number = numbers.next(number + 1)) {
            source.describe(number);
            target.putLong(source.firstOffset());
            target.putLong(QueueRun.addressField(address, source.form()));
            address += source.count() * source.form().bytes();
            entryCount += source.count();
            source.writeGroup(entries);
        }
        target.putLong(0);
        target.putLong(address);
        target.alignToPage();
        if (target.address() != entriesAt || entries.address() != address) {
            throw new IllegalStateException("a run's directory ends at " + target.address() + " and its groups at "
                    + entries.address() + ", expected " + entriesAt + " and " + address);
        }
        entries.alignToPage();
        long bitmapAt = entries.address();
        numbers.write(entries);
        new RunFooter(
                        RunFooter.QUEUES,
                        startPosition,
                        endPosition,
                        entryCount,
                        numbers.size(),
                        entriesAt,
                        bitmapAt,
                        numbers.firstNumber())
                .write(entries);
        entries.flush();
    }
}
