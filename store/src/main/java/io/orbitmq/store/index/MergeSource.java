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
    private final long positionBase;
    private int pieces;
    private long count;
    private EntryForm form = EntryForm.COMPACT;

    MergeSource(List<QueueRun> oldestFirst, QueueRegistry registry) {
        this.oldestFirst = oldestFirst;
        this.positionBase = oldestFirst.get(0).positionBase();
        this.directories = new PageWindow[oldestFirst.size()];
        this.entries = new PageWindow[oldestFirst.size()];
        this.groups = new EntryGroup[oldestFirst.size()];
        BitmapBuilder builder = new BitmapBuilder();
        for (int i = 0; i < groups.length; i++) {
            directories[i] = PageWindow.readingAhead();
            entries[i] = PageWindow.readingAhead();
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
        form = EntryForm.COMPACT;
        long end = -1;
        for (int i = 0; i < groups.length; i++) {
            QueueRun run = oldestFirst.get(i);
            if (run.contains(number)) {
                EntryGroup group = groups[pieces];
                run.read(number, directories[i], entries[i], group);
                boolean sameBase = group.positionBase() == positionBase;
                form = form.orWider(group.form()).orWider(sameBase ? EntryForm.COMPACT : EntryForm.NARROW);
                if (pieces > 0 && end != group.firstOffset()) {
                    form = EntryForm.WIDE;
                }
                if (form != EntryForm.WIDE) {
                    end = group.endOffset();
                }
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
    public long count() {
        return count;
    }

    @Override
    public EntryForm form() {
        return form;
    }

    @Override
    public void writeGroup(PageWriter target) throws IOException {
        for (int i = 0; i < pieces; i++) {
            EntryGroup group = groups[i];
            if (group.form() == form) {
                target.copy(group.window(), group.address(), group.lengthBytes());
            } else {
                writeWider(target, group);
            }
        }
    }

    private void writeWider(PageWriter target, EntryGroup group) throws IOException {
        for (long i = 0; i < group.count(); i++) {
            if (form == EntryForm.WIDE) {
                target.putLong(group.offset(i));
            }
            target.putEntry(group.position(i), group.tagsCode(i), group.sizeBytes(i));
        }
    }
}
