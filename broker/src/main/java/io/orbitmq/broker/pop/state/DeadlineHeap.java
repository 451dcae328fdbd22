package io.orbitmq.broker.pop.state;

import java.util.Arrays;

/** Leases by deadline, the earliest on top; each knows its place, so any can be taken out. Guarded by the table's lock. */
final class DeadlineHeap {

    private static final int FIRST_CAPACITY = 16;

    private Lease[] items = new Lease[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The earliest; null when there is none. */
    Lease first() {
        return size == 0 ? null : items[0];
    }

    void add(Lease lease) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        place(lease, size++);
        up(lease.heapIndex);
    }

    void remove(Lease lease) {
        int at = lease.heapIndex;
        Lease last = items[--size];
        items[size] = null;
        lease.heapIndex = -1;
        if (last != lease) {
            place(last, at);
            up(at);
            down(last.heapIndex);
        }
        if (size > FIRST_CAPACITY && size * 4 < items.length) {
            items = Arrays.copyOf(items, items.length / 2);
        }
    }

    private void up(int from) {
        Lease moved = items[from];
        int at = from;
        while (at > 0 && items[(at - 1) / 2].dueMs > moved.dueMs) {
            place(items[(at - 1) / 2], at);
            at = (at - 1) / 2;
        }
        place(moved, at);
    }

    private void down(int from) {
        Lease moved = items[from];
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && items[child + 1].dueMs < items[child].dueMs) {
                child++;
            }
            if (items[child].dueMs >= moved.dueMs) {
                break;
            }
            place(items[child], at);
            at = child;
        }
        place(moved, at);
    }

    private void place(Lease lease, int at) {
        items[at] = lease;
        lease.heapIndex = at;
    }
}
