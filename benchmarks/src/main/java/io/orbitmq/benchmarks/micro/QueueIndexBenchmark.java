package io.orbitmq.benchmarks.micro;

import io.orbitmq.benchmarks.process.FreshDirectory;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.store.index.EntryCursor;
import io.orbitmq.store.index.IndexedQueue;
import io.orbitmq.store.index.QueueIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Entries of the queue index: added in log order, read in pull answers of 32. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueueIndexBenchmark {

    private static final int RECORD_BYTES = 300;
    private static final int READ_ENTRIES = 500_000;
    private static final int PULL = 32;
    private static final long MEMTABLE_BYTES = 32 << 20;

    @Param({"8", "8000"})
    private int queues;

    private Path directory;
    private QueueIndex index;
    private IndexedQueue[] handles;
    private long position;
    private int next;

    @Setup(Level.Iteration)
    public void fill() throws IOException {
        directory = FreshDirectory.create(Samples.parentOf("memory"), "index");
        index = QueueIndex.open(new SystemDisk(), directory.resolve("queues"), 0, 0, MEMTABLE_BYTES);
        handles = new IndexedQueue[queues];
        for (int i = 0; i < queues; i++) {
            handles[i] = index.queue(Samples.TOPIC + i, 0);
        }
        position = 0;
        next = 0;
        for (int i = 0; i < READ_ENTRIES; i++) {
            addOne();
        }
        for (IndexedQueue queue : handles) {
            index.publish(queue, queue.nextOffset());
        }
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        index.close();
        FreshDirectory.delete(directory);
    }

    @Benchmark
    public long add() throws IOException {
        addOne();
        return position;
    }

    /** Reads a pull's worth of entries of one queue after another; the time is that of the whole pull. */
    @Benchmark
    public long readPull() throws IOException {
        IndexedQueue queue = handles[next];
        next = next + 1 == handles.length ? 0 : next + 1;
        try (EntryCursor cursor = index.entries(queue, (queue.maxOffset() - PULL) / 2)) {
            long sum = 0;
            for (int i = 0; i < PULL && cursor.next(); i++) {
                sum += cursor.position() + cursor.sizeBytes() + cursor.tagsCode();
            }
            return sum;
        }
    }

    private void addOne() throws IOException {
        IndexedQueue queue = handles[next];
        next = next + 1 == handles.length ? 0 : next + 1;
        index.add(queue, queue.nextOffset(), position, RECORD_BYTES, 4711);
        position += RECORD_BYTES;
        if (index.wantsSeal()) {
            index.seal(position);
            index.writeSealed();
        }
    }
}
