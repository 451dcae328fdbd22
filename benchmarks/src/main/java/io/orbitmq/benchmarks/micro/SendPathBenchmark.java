package io.orbitmq.benchmarks.micro;

import io.orbitmq.benchmarks.process.FreshDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
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

/**
 * A broker's whole way of a send on one thread, all but the network: from the bytes of a request's header to those of the
 * answer's, with a store that acknowledges without the disk. The time is that of a request; a batch has 32 messages.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// as bin/orbitmq starts a broker
@Fork(
        value = 1,
        jvmArgs = {
            "-Xms512m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=2400",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=160000",
            "-XX:FreqInlineSize=150",
            "-XX:InlineSmallCode=1500"
        })
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
public class SendPathBenchmark {

    private static final int TURN = 64;

    @Param({"queues", "topics", "batches"})
    private String load;

    @Param("memory")
    private String place;

    private Path directory;
    private SendBroker broker;
    private SentFrame[] frames;
    private int next;

    @Setup(Level.Trial)
    public void open() throws IOException {
        directory = FreshDirectory.create(Samples.parentOf(place), "send");
        broker = new SendBroker(directory);
        frames = switch (load) {
            case "queues" -> SentFrame.toQueues(1, 8, 1);
            case "topics" -> SentFrame.toQueues(2000, 4, 1);
            default -> SentFrame.toQueues(1, 8, 32);
        };
        for (SentFrame frame : frames) {
            broker.handle(frame.headerWord(), frame.header(), frame.body());
        }
        broker.endTurn();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        broker.close();
        FreshDirectory.delete(directory);
    }

    /** The header is an array of its own, as a connection makes one for every frame; the body is a view of its bytes. */
    @Benchmark
    public int send() {
        SentFrame frame = frames[next % frames.length];
        byte[] header = frame.header();
        ByteBuffer body = frame.body();
        broker.handle(frame.headerWord(), Arrays.copyOf(header, header.length), body);
        next++;
        return next % TURN == 0 ? broker.endTurn() : 0;
    }
}
