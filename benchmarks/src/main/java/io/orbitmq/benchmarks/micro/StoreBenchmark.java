package io.orbitmq.benchmarks.micro;

import io.orbitmq.benchmarks.process.FreshDirectory;
import io.orbitmq.benchmarks.store.MeasuredConfig;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.store.node.LocalMessageStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
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

/** The whole store on one thread, acknowledging without the disk: appends of 128 B, pulls of 32, queries by key. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreBenchmark {

    private static final int TURN = 64;
    private static final int PULL = 32;
    private static final int FILLED = 100_000;
    private static final int KEYS = 1_000;

    @Param({"memory", "disk"})
    private String place;

    private Path directory;
    private SystemScheduler scheduler;
    private MessageStore store;
    private LogQueue queue;
    private MessageDraft[] drafts;
    private int next;
    private long readOffset;

    @Setup(Level.Iteration)
    public void fill() throws IOException {
        drafts = new MessageDraft[KEYS];
        for (int i = 0; i < KEYS; i++) {
            drafts[i] = Samples.draft(128, key(i));
        }
        directory = FreshDirectory.create(Samples.parentOf(place), "store");
        scheduler = new SystemScheduler("store-scheduler");
        StoreConfig config = MeasuredConfig.of(directory, FlushMode.ASYNC_FLUSH);
        store = LocalMessageStore.open(config, List.of(), new SystemDisk(), new SystemClock(), scheduler);
        queue = store.queue(Samples.TOPIC, 0);
        for (int i = 0; i < FILLED; i++) {
            append();
        }
        store.endTurn();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        store.close();
        scheduler.close();
        FreshDirectory.delete(directory);
    }

    @Benchmark
    public AppendOutcome append() {
        AppendOutcome outcome = store.append(queue, drafts[next % KEYS]);
        if (outcome instanceof AppendOutcome.Refused refused) {
            throw new IllegalStateException(refused.text());
        }
        next++;
        if (next % TURN == 0) {
            store.endTurn();
        }
        return outcome;
    }

    /** The time is that of a whole pull. */
    @Benchmark
    public ReadOutcome readPull() {
        ReadRequest request = new ReadRequest(readOffset, PULL, 1 << 20, 1 << 16, ReadRequest.RecordFilter.ALL, false);
        readOffset = (readOffset + PULL) % (FILLED - PULL);
        return store.read(queue, request, ByteBuffer::remaining);
    }

    @Benchmark
    public List<ByteBuffer> findByKey() {
        next++;
        return store.findByKey(new KeyQuery(Samples.TOPIC, key(next % KEYS), 8, 0, Long.MAX_VALUE));
    }

    private static String key(int number) {
        return String.format("7F00000100002A139A0B%012X", number);
    }
}
