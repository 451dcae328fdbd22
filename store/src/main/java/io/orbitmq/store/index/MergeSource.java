package io.orbitmq.store.index;

import java.io.IOException;
import java.util.List;

/**
 * Runs that follow each other in the log as the source of one run. Queues forgotten meanwhile are left out.
 */
final class MergeSource implements QueueRunSource {

    private final List<QueueRun> oldestFirst;
    private final PageWindow[] directories;
    private final PageWindow[] entries;
    private final EntryGroup[] groups;
    private final NumberBitmap numbers;
    private int pieces;
    private long count;

    MergeSource(List<QueueRun> oldestFirst, QueueRegistry registry) {
        this.oldestFirst = oldestFirst;
        this.directories = new PageWindow[oldestFirst.size()];
        this.entries = new PageWindow[oldestFirst.size()];
        this.groups = new EntryGroup[oldestFirst.size()];
        BitmapBuilder builder = new BitmapBuilder();
        for (int i = 0; i < groups.length; i++) {
            directories[i] = new PageWindow();
            entries[i] = new PageWindow();
            groups[i] = new EntryGroup();
            NumberBitmap each = oldestFirst.get(i).numbers();
            for (int number = each.next(0); number >= 0; number = each.next(number + 1)) {
                if (registry.byNumber(number) != null) {
                    builder.add(number);
                }
            }
        }
        this.numbers = builder.build();
    }

    @Override
    public NumberBitmap numbers() {
        return numbers;
    }

    @Override
    public void describe(int number) throws IOException {
        pieces = 0;
        count = 0;
        for (int i = 0; i < groups.length; i++) {
            QueueRun run = oldestFirst.get(i);
            if (run.contains(number)) {
                EntryGroup group = groups[pieces];
                run.read(number, directories[i], entries[i], group);
                count += group.count();
                pieces++;
            }
        }
    }

    @Override
    public long firstOffset() {
        return groups[0].firstOffset();
    }

    @Override
    public long endOffset() {
        return groups[pieces - 1].endOffset();
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public void writeGroup(PageWriter target, boolean wide) throws IOException {
        for (int i = 0; i < pieces; i++) {
            EntryGroup group = groups[i];
            if (group.isWide() == wide) {
                target.copy(group.window(), group.address(), group.lengthBytes());
            } else {
                widen(target, group);
            }
        }
    }

    private static void widen(PageWriter target, EntryGroup group) throws IOException {
        for (long i = 0; i < group.count(); i++) {
            target.putLong(group.offset(i));
            target.putLong(group.position(i));
            target.putLong(group.tagsCode(i));
            target.putInt(group.sizeBytes(i));
        }
    }
}
