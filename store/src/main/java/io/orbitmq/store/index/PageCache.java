package io.orbitmq.store.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Pages of the run files that were asked for lately, checked and never changed: a reader of old messages finds the entries
 * of some thousand messages here after it has waited for the disk once. Any thread, no lock; what is replaced is left to
 * the garbage collector.
 */
final class PageCache {

    /** Pages taken together when the one before was here: somebody reads on. */
    private static final int PAGES_AHEAD = 8;

    private static final int PLACES_PER_SET = 4;
    private static final int SPREAD = 0x9E3779B9;

    private final AtomicReferenceArray<Page> places;
    private final int sets;

    /** The place in each set that is replaced next; a lost race only replaces another one. */
    private final byte[] hands;

    private record Page(PagedFile file, long number, ByteBuffer bytes) {

        boolean is(PagedFile wantedFile, long wantedNumber) {
            return number == wantedNumber && file == wantedFile;
        }
    }

    /** @param maxBytes memory of all pages; room for one set is taken at least */
    PageCache(long maxBytes) {
        this.sets = Integer.highestOneBit(
                (int) Math.max(1, Math.min(Integer.MAX_VALUE, maxBytes / PageWriter.PAGE_BYTES / PLACES_PER_SET)));
        this.places = new AtomicReferenceArray<>(sets * PLACES_PER_SET);
        this.hands = new byte[sets];
    }

    /**
     * The page; null when it is not here.
     *
     * @throws RetiredRunException when the file is not to be read any more
     */
    ByteBuffer find(PagedFile file, long number) throws RetiredRunException {
        if (file.isRetired()) {
            throw new RetiredRunException();
        }
        int first = setOf(file, number) * PLACES_PER_SET;
        for (int i = first; i < first + PLACES_PER_SET; i++) {
            Page page = places.get(i);
            if (page != null && page.is(file, number)) {
                return page.bytes();
            }
        }
        return null;
    }

    /** The page, read if need be; who reads on gets the next ones too, up to {@code lastNumber}. May wait for the disk. */
    ByteBuffer get(PagedFile file, long number, long lastNumber) throws IOException {
        ByteBuffer here = find(file, number);
        if (here != null) {
            return here;
        }
        ByteBuffer wanted = read(file, number);
        if (find(file, number - 1) != null) {
            long last = Math.min(lastNumber, number + PAGES_AHEAD - 1);
            for (long next = number + 1; next <= last; next++) {
                if (find(file, next) == null) {
                    read(file, next);
                }
            }
        }
        return wanted;
    }

    private ByteBuffer read(PagedFile file, long number) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PageWriter.PAGE_BYTES);
        file.readPages(number, bytes);
        int set = setOf(file, number);
        int hand = hands[set];
        hands[set] = (byte) ((hand + 1) % PLACES_PER_SET);
        places.set(set * PLACES_PER_SET + hand, new Page(file, number, bytes));
        return bytes;
    }

    /** Neighbouring pages stand in neighbouring sets. */
    private int setOf(PagedFile file, long number) {
        return (int) (file.path().hashCode() * SPREAD + number) & (sets - 1);
    }
}
