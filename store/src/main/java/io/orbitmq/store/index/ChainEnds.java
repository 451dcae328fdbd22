package io.orbitmq.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Where each queue's chain of chunks begins and ends, by queue number: two non-zero addresses side by side, so that both
 * are one wait for memory; an array in pages, of which only those exist that are used. One writer; readers need no lock
 * and find every number that was put before their call.
 */
final class ChainEnds {

    private static final int PAGE_BITS = 9;
    private static final int PAGE_NUMBERS = 1 << PAGE_BITS;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private volatile int[][] pages = new int[16][];
    private int pageCount;

    /** Memory in use. */
    long sizeBytes() {
        return (long) pageCount * 2 * PAGE_NUMBERS * Integer.BYTES;
    }

    /** Address of the number's oldest chunk, 0 when it has none. */
    int first(int number) {
        return get(number, 0);
    }

    /** Address of the number's newest chunk, 0 when it has none. */
    int tail(int number) {
        return get(number, 1);
    }

    /** Begins the number's chain. */
    void putFirst(int number, int address) {
        int[] page = page(number);
        int at = indexOf(number);
        INTS.setRelease(page, at + 1, address);
        INTS.setRelease(page, at, address);
    }

    void putTail(int number, int address) {
        INTS.setRelease(page(number), indexOf(number) + 1, address);
    }

    /** The smallest number at or above {@code from} that has an address, -1 when there is none. */
    int next(int from) {
        int[][] all = pages;
        int number = from;
        while (number >>> PAGE_BITS < all.length) {
            int[] page = all[number >>> PAGE_BITS];
            int end = (number & -PAGE_NUMBERS) + PAGE_NUMBERS;
            while (page != null && number < end && (int) INTS.getAcquire(page, indexOf(number)) == 0) {
                number++;
            }
            if (page != null && number < end) {
                return number;
            }
            number = end;
        }
        return -1;
    }

    private int get(int number, int which) {
        int[][] all = pages;
        int page = number >>> PAGE_BITS;
        return page >= all.length || all[page] == null ? 0 : (int) INTS.getAcquire(all[page], indexOf(number) + which);
    }

    private int[] page(int number) {
        int page = number >>> PAGE_BITS;
        int[][] all = pages;
        return page >= all.length || all[page] == null ? withPage(page) : all[page];
    }

    private int[] withPage(int page) {
        int[][] more = Arrays.copyOf(pages, page < pages.length ? pages.length : Math.max(page + 1, 2 * pages.length));
        more[page] = new int[2 * PAGE_NUMBERS];
        pageCount++;
        pages = more;
        return more[page];
    }

    private static int indexOf(int number) {
        return 2 * (number & PAGE_NUMBERS - 1);
    }
}
