package io.orbitmq.broker.delay;

import java.util.Arrays;

/** Messages by due time, then by offset; 24 bytes each in one array. Not thread-safe. */
final class DueHeap {

    private static final int FIELDS = 3;
    private static final int FIRST_CAPACITY = 64;

    private long[] items = new long[FIRST_CAPACITY * FIELDS];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Due time of the first. */
    long dueMs() {
        return items[0];
    }

    /** Queue offset of the first. */
    long offset() {
        return items[1];
    }

    /** Log position of the first. */
    long position() {
        return items[2];
    }

    void add(long dueMs, long offset, long position) {
        if (size * FIELDS == items.length) {
            items = Arrays.copyOf(items, items.length * 2);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!isBefore(dueMs, offset, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        set(at, dueMs, offset, position);
    }

    void removeFirst() {
        size--;
        int last = size * FIELDS;
        long dueMs = items[last];
        long offset = items[last + 1];
        long position = items[last + 2];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            int right = child + 1;
            if (right < size && isBefore(items[right * FIELDS], items[right * FIELDS + 1], child)) {
                child = right;
            }
            if (isBefore(dueMs, offset, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        set(at, dueMs, offset, position);
    }

    void clear() {
        size = 0;
        items = new long[FIRST_CAPACITY * FIELDS];
    }

    private boolean isBefore(long dueMs, long offset, int other) {
        long otherDue = items[other * FIELDS];
        return dueMs < otherDue || dueMs == otherDue && offset < items[other * FIELDS + 1];
    }

    private void move(int from, int to) {
        System.arraycopy(items, from * FIELDS, items, to * FIELDS, FIELDS);
    }

    private void set(int at, long dueMs, long offset, long position) {
        items[at * FIELDS] = dueMs;
        items[at * FIELDS + 1] = offset;
        items[at * FIELDS + 2] = position;
    }
}
