package io.orbitmq.broker.longpoll;

import java.util.Arrays;

/**
 * An unordered bag of held requests with adding and removing in constant time: each request knows its index. Not safe
 * for concurrent use; the owner has a lock.
 */
final class HeldBag {

    private static final HeldRequest[] NOTHING = {};
    private static final int FIRST_CAPACITY = 4;
    private static final int CAPACITY_WORTH_KEEPING = 64;

    private final Kind kind;
    private HeldRequest[] items = NOTHING;
    private int size;

    HeldBag(Kind kind) {
        this.kind = kind;
    }

    /** Where a bag stands; a request is in at most one bag of each kind. */
    enum Kind {
        QUEUE,
        TICK,
        CONNECTION
    }

    int size() {
        return size;
    }

    HeldRequest get(int index) {
        return items[index];
    }

    void add(HeldRequest request) {
        if (size == items.length) {
            items = Arrays.copyOf(items, Math.max(FIRST_CAPACITY, size * 2));
        }
        request.setPlace(kind, size);
        items[size++] = request;
    }

    /** Takes the request out; false when it is not in here. */
    boolean remove(HeldRequest request) {
        int index = request.place(kind);
        if (index < 0) {
            return false;
        }
        HeldRequest last = items[--size];
        items[size] = null;
        if (last != request) {
            items[index] = last;
            last.setPlace(kind, index);
        }
        request.setPlace(kind, -1);
        if (size == 0 && items.length > CAPACITY_WORTH_KEEPING) {
            items = NOTHING;
        }
        return true;
    }

    /** Empties the bag. */
    HeldRequest[] takeAll() {
        HeldRequest[] all = size == 0 ? NOTHING : Arrays.copyOf(items, size);
        for (HeldRequest request : all) {
            request.setPlace(kind, -1);
        }
        items = NOTHING;
        size = 0;
        return all;
    }
}
