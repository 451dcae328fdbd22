package io.orbitmq.benchmarks.micro;

import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.HeaderDecoder;
import io.orbitmq.protocol.frame.SerializeType;
import io.orbitmq.protocol.header.pull.PullAnswerHeader;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.header.send.SendAnswerHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

/** Headers of requests in and of answers out, in both serializations. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0);

    @Param({"JSON", "ROCKETMQ"})
    private SerializeType serialization;

    private final HeaderDecoder decoder = new HeaderDecoder();
    private final ByteSink out = new ByteSink(4096);
    private byte[] sendHeader;
    private byte[] pullHeader;
    private Command request;
    private SendAnswerHeader sendAnswer;

    @Setup
    public void encodeRequests() {
        request = Command.request(
                RequestCode.SEND_MESSAGE_V2, Samples.sendHeader().toShortFields());
        sendHeader = headerOf(request);
        pullHeader = headerOf(Command.request(
                RequestCode.PULL_MESSAGE,
                new PullRequestHeader("group", Samples.TOPIC, 3, 4711, 32, 6, 0, 15_000, "*", 1, "TAG", 1 << 20)
                        .toFields()));
        sendAnswer = new SendAnswerHeader(
                "7F00000100002A9F0000000000001000",
                3,
                4711,
                "7F00000100002A139A0B000000000001",
                "",
                "",
                "DefaultRegion",
                true);
    }

    @Benchmark
    public ReceivedSend decodeSend() {
        return ReceivedSend.of(RequestCode.SEND_MESSAGE_V2, decode(sendHeader).fields());
    }

    @Benchmark
    public PullRequestHeader decodePull() {
        return PullRequestHeader.from(decode(pullHeader).fields());
    }

    @Benchmark
    public int encodeSendAnswer() {
        return encode(Command.response(request, ResponseCode.SUCCESS, sendAnswer.toFields()));
    }

    @Benchmark
    public int encodePullAnswer() {
        PullAnswerHeader header = new PullAnswerHeader(0, 4743, 0, 5000, 0, 0, 0);
        return encode(Command.response(request, ResponseCode.SUCCESS, header.toFields()));
    }

    private Command decode(byte[] header) {
        return decoder.decode(serialization.ordinal() << 24 | header.length, header.clone(), NO_BODY);
    }

    private int encode(Command command) {
        out.clear();
        Frames.encodeHead(command, 0, serialization, out);
        return out.size();
    }

    private byte[] headerOf(Command command) {
        ByteSink sink = new ByteSink(4096);
        Frames.encodeHead(command, 0, serialization, sink);
        byte[] frame = sink.toByteArray();
        return Arrays.copyOfRange(frame, Frames.PREFIX_BYTES, frame.length);
    }
}
