package io.orbitmq.benchmarks.micro;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One record of the log: written with both checksums, checked, searched for a property. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {

    private static final byte[] TOPIC = Samples.TOPIC.getBytes(StandardCharsets.UTF_8);

    @Param({"128", "1024"})
    private int bodyBytes;

    private MessageDraft draft;
    private ByteBuffer target;
    private ByteBuffer record;

    @Setup
    public void prepare() {
        draft = Samples.draft(bodyBytes, "7F00000100002A139A0B000000000001");
        target = ByteBuffer.allocateDirect(MessageRecord.sizeOf(draft, TOPIC.length));
        record = Samples.record(bodyBytes);
    }

    @Benchmark
    public ByteBuffer write() {
        target.clear();
        MessageRecord.write(target, draft, TOPIC, 3, 17, 4096, Samples.BORN_MS);
        return target;
    }

    @Benchmark
    public RecordVerdict verify() {
        return MessageRecord.verifySealed(record, 0, 4096);
    }

    @Benchmark
    public String property() {
        return MessageRecord.property(record, 0, "color");
    }
}
