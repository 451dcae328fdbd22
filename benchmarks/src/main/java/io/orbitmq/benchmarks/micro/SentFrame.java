package io.orbitmq.benchmarks.micro;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.MessageBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The frame of a send to one queue, with another key and opaque each time it is asked for its header. One thread. */
final class SentFrame {

    private static final int BODY_BYTES = 128;
    private static final String WAIT = "WAIT\u0001true\u0002";

    private final FrameTemplate template;
    private final ByteBuffer frame;
    private final byte[] header;
    private int opaque = FrameTemplate.FIRST_OPAQUE;

    private SentFrame(Command request, int series) {
        this.template = FrameTemplate.numbered(request, series * 1_000_000L, new SystemClock());
        this.frame = ByteBuffer.allocateDirect(template.sizeBytes());
        template.write(frame.clear(), opaque);
        this.header = new byte[headerLength()];
    }

    /** One for each queue of each topic, in an order that is mixed but always the same. */
    static SentFrame[] toQueues(int topics, int queues, int batch) {
        List<SentFrame> frames = new ArrayList<>();
        for (int topic = 0; topic < topics; topic++) {
            for (int queue = 0; queue < queues; queue++) {
                frames.add(new SentFrame(request("BenchmarkTopic" + topic, queue, batch), frames.size()));
            }
        }
        Collections.shuffle(frames, new Random(topics));
        return frames.toArray(SentFrame[]::new);
    }

    int headerWord() {
        return frame.getInt(Integer.BYTES);
    }

    /** The header of the next request; overwritten by the one after it. */
    byte[] header() {
        template.write(frame.clear(), opaque++);
        frame.get(Frames.PREFIX_BYTES, header);
        return header;
    }

    /** The body, outside the heap. */
    ByteBuffer body() {
        int start = Frames.PREFIX_BYTES + header.length;
        return frame.slice(start, frame.capacity() - start);
    }

    private int headerLength() {
        return Frames.headerLength(headerWord());
    }

    private static Command request(String topic, int queueId, int batch) {
        long bornMs = new SystemClock().epochMs();
        String key = "UNIQ_KEY\u00017F00000100004EF2000000" + FrameTemplate.KEY_NUMBER + "\u0002";
        SendMessageHeader header = new SendMessageHeader(
                "benchmark-producer", topic, "TBW102", 8, queueId, 0, bornMs, 0, key + WAIT, 0, false, -1, batch > 1);
        int code = batch > 1 ? RequestCode.SEND_BATCH_MESSAGE : RequestCode.SEND_MESSAGE_V2;
        return Command.request(code, header.toShortFields(), body(batch));
    }

    private static ByteBuffer body(int batch) {
        if (batch == 1) {
            return ByteBuffer.allocate(BODY_BYTES);
        }
        ByteBuffer properties = ByteBuffer.wrap(WAIT.getBytes(StandardCharsets.UTF_8));
        return MessageBatch.encode(
                Collections.nCopies(batch, new MessageBatch.Item(0, ByteBuffer.allocate(BODY_BYTES), properties)));
    }
}
