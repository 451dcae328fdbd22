package io.orbitmq.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A non-zero address per queue number: an array in pages, of which only those exist that are used. One writer; readers
 * need no lock and find every number that was put before their call.
 */
final class NumberTable {

    private static final int PAGE_BITS = 9;
    private static final int PAGE_INTS = 1 << PAGE_BITS;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    private volatile int[][] pages = new int[16][];
    private int pageCount;

    /** Memory in use. */
    long sizeBytes() {
        return (long) pageCount * PAGE_INTS * Integer.BYTES;
    }

    /** The number's address, 0 when it has none. */
    int get(int number) {
        int[][] all = pages;
        int page = number >>> PAGE_BITS;
        return page >= all.length || all[page] == null ? 0 : (int) INTS.getAcquire(all[page], number & PAGE_INTS - 1);
    }

    void put(int number, int address) {
        int page = number >>> PAGE_BITS;
        int[][] all = pages;
        if (page >= all.length || all[page] == null) {
            all = withPage(page);
        }
        INTS.setRelease(all[page], number & PAGE_INTS - 1, address);
    }

    /** The smallest number at or above {@code from} that has an address, -1 when there is none. */
    int next(int from) {
        int[][] all = pages;
        int number = from;
        while (number >>> PAGE_BITS < all.length) {
            int[] page = all[number >>> PAGE_BITS];
            int at = page == null ? PAGE_INTS : number & PAGE_INTS - 1;
            while (at < PAGE_INTS && (int) INTS.getAcquire(page, at) == 0) {
                at++;
            }
            if (at < PAGE_INTS) {
                return (number & -PAGE_INTS) + at;
            }
            number = (number & -PAGE_INTS) + PAGE_INTS;
        }
        return -1;
    }

    private int[][] withPage(int page) {
        int[][] more = Arrays.copyOf(pages, page < pages.length ? pages.length : Math.max(page + 1, 2 * pages.length));
        more[page] = new int[PAGE_INTS];
        pageCount++;
        pages = more;
        return more;
    }
}
