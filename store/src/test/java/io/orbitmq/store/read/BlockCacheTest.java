package io.orbitmq.store.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.read.WrittenLog.Place;
import io.orbitmq.store.segment.CorruptLogException;
import io.orbitmq.testkit.Dice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BlockCacheTest {

    private static final int BLOCK = 1024;
    private static final int CACHE_BYTES = 16 * BLOCK;
    private static final int BODY = 150;
    private static final int FEW_SEGMENTS = 2;
    private static final int MANY_SEGMENTS = 8;
    private static final int PATIENCE_SECONDS = 30;

    @Test
    void aRecordInTwoBlocksIsWhole() throws IOException {
        WrittenLog written = new WrittenLog(FEW_SEGMENTS, BODY);
        RecordSource source = written.source(written.cache(BLOCK, CACHE_BYTES));
        Place crossing = written.crossing(BLOCK);

        assertThat(source.find(crossing.position(), crossing.sizeBytes())).isFalse();
        assertThat(source.loadAhead(crossing.position(), crossing.sizeBytes())).isTrue();

        assertThat(MessageRecord.physicalOffset(source.record(), 0)).isEqualTo(crossing.position());
        assertThat(source.record().remaining()).isEqualTo(crossing.sizeBytes());
        source.release();
        assertThat(source.find(crossing.position(), crossing.sizeBytes())).isTrue();
    }

    @Test
    void everyReaderSharesWhatOneHasRead() throws IOException {
        WrittenLog written = new WrittenLog(FEW_SEGMENTS, BODY);
        BlockCache cache = written.cache(BLOCK, FEW_SEGMENTS * WrittenLog.SEGMENT_BYTES);
        long before = written.disk.bytesRead();

        for (int reader = 0; reader < 4; reader++) {
            RecordSource source = written.source(cache);
            for (int i = reader; i < written.places().size(); i += 4) {
                read(source, written.places().get(i));
            }
            source.release();
        }

        assertThat(written.disk.bytesRead() - before).isEqualTo(written.visibleEnd);
    }

    @Test
    void aBlockThatEndedWithTheLogIsReadAgainWhenMoreIsVisible() throws IOException {
        WrittenLog written = new WrittenLog(FEW_SEGMENTS, BODY);
        BlockCache cache = written.cache(BLOCK, CACHE_BYTES);
        RecordSource source = written.source(cache);
        Place first = written.places().get(0);
        Place second = written.places().get(1);
        written.visibleEnd = first.end();
        read(source, first);

        assertThat(source.find(second.position(), second.sizeBytes())).isFalse();
        assertThat(cache.pin(first.end(), 1)).isNull();
        written.visibleEnd = second.end();
        read(source, second);

        source.release();
        assertThat(source.find(first.position(), first.sizeBytes())).isTrue();
        assertThat(source.find(second.position(), second.sizeBytes())).isTrue();
    }

    @Test
    void whatRetentionRemovedIsNotReadAnyMore() throws IOException {
        WrittenLog written = new WrittenLog(FEW_SEGMENTS, BODY);
        int blockOverBoundary = 3 * BLOCK;
        RecordSource source = written.source(written.cache(blockOverBoundary, 16 * blockOverBoundary));
        Place first = written.places().get(0);
        Place ofSecondSegment = written.places().stream()
                .filter(place -> place.position() >= WrittenLog.SEGMENT_BYTES)
                .findFirst()
                .orElseThrow();

        assertThat(written.log.removeOldest(WrittenLog.SEGMENT_BYTES)).isTrue();

        assertThat(source.loadAhead(first.position(), first.sizeBytes())).isFalse();
        read(source, ofSecondSegment);
    }

    @Test
    void aDamagedRecordIsFoundOutAndItsNeighboursAreRead() throws IOException {
        WrittenLog written = new WrittenLog(FEW_SEGMENTS, BODY);
        RecordSource source = written.source(written.cache(BLOCK, CACHE_BYTES));
        Place damaged = written.places().get(2);
        written.damage(damaged.end() - 40);

        assertThat(source.loadAhead(damaged.position(), damaged.sizeBytes())).isTrue();

        assertThatThrownBy(source::record)
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("log position " + damaged.position())
                .hasMessageContaining("damaged");
        read(source, written.places().get(1));
        read(source, written.places().get(3));
    }

    @Test
    void holdsNoMoreThanItMay() throws IOException {
        WrittenLog written = new WrittenLog(MANY_SEGMENTS, BODY);
        BlockCache cache = written.cache(BLOCK, CACHE_BYTES);
        RecordSource source = written.source(cache);

        for (Place place : written.places()) {
            read(source, place);
        }
        source.release();

        assertThat(blocksIn(cache, written)).isBetween(CACHE_BYTES / BLOCK / 2L, (long) CACHE_BYTES / BLOCK);
    }

    @Test
    void recordsFarApartDriveNothingOut() throws IOException {
        WrittenLog written = new WrittenLog(MANY_SEGMENTS, BODY);
        BlockCache cache = written.cache(BLOCK, CACHE_BYTES);
        RecordSource source = written.source(cache);

        for (int i = 0; i < written.places().size(); i += 3 * BLOCK / BODY) {
            read(source, written.places().get(i));
        }
        source.release();

        assertThat(blocksIn(cache, written)).isLessThanOrEqualTo(2);
    }

    @Test
    void aRecordLargerThanABlockIsReadAlone() throws IOException {
        WrittenLog written = new WrittenLog(FEW_SEGMENTS, 2 * BLOCK);
        BlockCache cache = written.cache(BLOCK, CACHE_BYTES);
        RecordSource source = written.source(cache);

        for (Place place : written.places()) {
            read(source, place);
        }
        source.release();

        assertThat(blocksIn(cache, written)).isZero();
    }

    @Test
    void whatFollowsIsAskedForOnceAndThenThere() throws IOException {
        WrittenLog written = new WrittenLog(FEW_SEGMENTS, BODY);
        BlockCache cache = written.cache(BLOCK, FEW_SEGMENTS * WrittenLog.SEGMENT_BYTES);
        RecordSource source = written.source(cache);
        cache.load(0, 1);
        assertThat(find(source, written.places().get(0))).isTrue();
        assertThat(source.claimAhead()).as("nobody reads on yet").isEqualTo(-1);
        cache.load(BLOCK, 1);
        long lastLoaded = 1L + BlockCache.MOST_STRETCH;
        long near = (lastLoaded - cache.lead() + 1) * BLOCK;

        source.release();
        assertThat(find(source, firstIn(near - BLOCK, written))).isTrue();
        assertThat(source.claimAhead()).as("enough is there").isEqualTo(-1);
        source.release();
        assertThat(find(source, firstIn(near, written))).isTrue();
        long ahead = source.claimAhead();
        assertThat(ahead).isEqualTo(near);
        assertThat(source.claimAhead()).as("somebody else asked").isEqualTo(-1);

        cache.loadAhead(ahead);

        source.release();
        assertThat(written.places().stream()
                        .filter(place -> place.position() >= near
                                && place.end() <= near + (1 + cache.lead() + BlockCache.MOST_STRETCH) * BLOCK)
                        .toList())
                .isNotEmpty()
                .allMatch(place -> find(source, place));
    }

    @Test
    void readersAtManyPlacesDoNotDriveOutWhatIsLoadedForEachOther() throws IOException {
        WrittenLog written = new WrittenLog(MANY_SEGMENTS, BODY);
        BlockCache cache = written.cache(BLOCK, 3 * CACHE_BYTES);
        int perSegment = written.places().size() / MANY_SEGMENTS;
        long before = written.disk.bytesRead();

        for (int i = 0; i < perSegment; i++) {
            for (int segment = 0; segment < MANY_SEGMENTS; segment++) {
                RecordSource source = written.source(cache);
                read(source, written.places().get(segment * perSegment + i));
                long ahead = source.claimAhead();
                source.release();
                if (ahead >= 0) {
                    cache.loadAhead(ahead);
                }
            }
        }

        assertThat(written.disk.bytesRead() - before).isLessThan(2 * written.visibleEnd);
    }

    @Test
    void aFailureBehindTheWantedRecordIsNobodysYet() throws IOException {
        WrittenLog written = new WrittenLog(FEW_SEGMENTS, BODY);
        RecordSource source = written.source(written.cache(BLOCK, CACHE_BYTES));
        Place first = written.places().get(0);
        Place next = written.places().get(BLOCK / first.sizeBytes() + 1);
        Place broken = written.places().stream()
                .filter(place -> place.position() > 3 * BLOCK)
                .findFirst()
                .orElseThrow();
        written.disk.breakAt(broken.position());

        read(source, first);
        read(source, next);

        assertThatThrownBy(() -> source.loadAhead(broken.position(), broken.sizeBytes()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot read byte");
    }

    @Test
    void readersSeeTheRightBytesWhileBlocksAreReplaced() throws Exception {
        WrittenLog written = new WrittenLog(MANY_SEGMENTS, BODY);
        BlockCache cache = written.cache(BLOCK, 8 * BLOCK);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                Random random = Dice.of(seed);
                readers.add(threads.submit(() -> readAtRandom(written, cache, random)));
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(2_000 * 5);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int readAtRandom(WrittenLog written, BlockCache cache, Random random) throws IOException {
        int records = 0;
        for (int i = 0; i < 2_000; i++) {
            RecordSource source = written.source(cache);
            int first = random.nextInt(written.places().size() - 5);
            for (int k = 0; k < 5; k++) {
                read(source, written.places().get(first + k));
                records++;
            }
            source.release();
        }
        return records;
    }

    private static Place firstIn(long block, WrittenLog written) {
        return written.places().stream()
                .filter(place -> place.position() >= block)
                .findFirst()
                .orElseThrow();
    }

    private static boolean find(RecordSource source, Place place) {
        return source.find(place.position(), place.sizeBytes());
    }

    /** The record is checked against its position, its size and its checksum on the way. */
    private static void read(RecordSource source, Place place) throws IOException {
        assertThat(find(source, place) || source.loadAhead(place.position(), place.sizeBytes()))
                .isTrue();
        assertThat(MessageRecord.totalSize(source.record(), 0)).isEqualTo(place.sizeBytes());
    }

    private static long blocksIn(BlockCache cache, WrittenLog written) {
        return LongStream.iterate(0, position -> position < written.visibleEnd, position -> position + BLOCK)
                .filter(position -> {
                    LogBlock block = cache.pin(position, 1);
                    if (block != null) {
                        block.unpin();
                    }
                    return block != null;
                })
                .count();
    }
}
