package io.orbitmq.store.index;

import java.io.IOException;

/** Lays out a queue run: directory, entries, bitmap, footer. Two passes over a {@link QueueRunSource}, little memory. */
final class QueueRunWriter {

    private QueueRunWriter() {}

    /** Writes the whole file except its end; {@link PageWriter#finish} remains to be called. */
    static void write(PageWriter target, QueueRunSource source, long startPosition, long endPosition)
            throws IOException {
        NumberBitmap numbers = source.numbers();
        long entriesAt = PageWriter.aligned((numbers.size() + 1L) * QueueRun.DIRECTORY_BYTES);
        long address = entriesAt;
        long entryCount = 0;
        for (int number = numbers.next(0); number >= 0; number = numbers.next(number + 1)) {
            source.describe(number);
            target.putLong(source.firstOffset());
            target.putLong(QueueRun.addressField(address, source.form()));
            address += source.count() * source.form().bytes();
            entryCount += source.count();
        }
        target.putLong(0);
        target.putLong(address);
        target.alignToPage();
        for (int number = numbers.next(0); number >= 0; number = numbers.next(number + 1)) {
            source.describe(number);
            source.writeGroup(target);
        }
        if (target.address() != address) {
            throw new IllegalStateException(
                    "a run's groups end at " + target.address() + " but its directory says " + address);
        }
        target.alignToPage();
        long bitmapAt = target.address();
        numbers.write(target);
        new RunFooter(
                        RunFooter.QUEUES,
                        startPosition,
                        endPosition,
                        entryCount,
                        numbers.size(),
                        entriesAt,
                        bitmapAt,
                        numbers.firstNumber())
                .write(target);
    }
}
