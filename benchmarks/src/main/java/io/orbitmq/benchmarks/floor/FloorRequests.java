package io.orbitmq.benchmarks.floor;

import io.orbitmq.benchmarks.floor.FloorQueue.HeldPull;
import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.benchmarks.wire.FrameView;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.offset.OffsetAnswerHeader;
import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.protocol.header.send.SendAnswerHeader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Answers a request: a send is copied into a ring and counted, a pull gets what was counted. Owned by the server's thread. */
final class FloorRequests {

    private static final int RING_BYTES = 64 << 20;
    private static final byte[] SENT_TOPIC = FrameView.field("b");
    private static final byte[] SENT_QUEUE = FrameView.field("e");
    private static final byte[] TOPIC = FrameView.field("topic");
    private static final byte[] QUEUE = FrameView.field("queueId");
    private static final byte[] QUEUE_OFFSET = FrameView.field("queueOffset");
    private static final byte[] SYS_FLAG = FrameView.field("sysFlag");
    private static final String OFFSET_FIELD = "\"offset\":\"";

    private final ByteBuffer ring = ByteBuffer.allocateDirect(RING_BYTES);
    private final FloorQueues queues = new FloorQueues();
    private final FrameTemplate sent = sent();
    private final FrameTemplate end = end();
    private final int endAt = end.find(OFFSET_FIELD) + OFFSET_FIELD.length();
    private final PullAnswer pulled = new PullAnswer();

    int largestAnswerBytes() {
        return Math.max(sent.sizeBytes(), pulled.largestBytes());
    }

    /**
     * Writes the answer to where {@code from} collects what it sends, if there is one yet.
     *
     * @throws IOException when the request is none that a load makes
     */
    void answer(FrameView request, FloorConnection from) throws IOException {
        switch (request.code()) {
            case RequestCode.SEND_MESSAGE_V2 -> {
                FloorQueue queue = queues.named(request, SENT_TOPIC, SENT_QUEUE);
                queue.append(ByteBuffer.wrap(request.array()).getLong(request.bodyStart()));
                store(request, queue, from);
            }
            case RequestCode.SEND_BATCH_MESSAGE -> {
                FloorQueue queue = queues.named(request, SENT_TOPIC, SENT_QUEUE);
                queue.append(messagesOf(request));
                store(request, queue, from);
            }
            case RequestCode.PULL_MESSAGE -> pull(request, from);
            case RequestCode.GET_MAX_OFFSET -> {
                end.putDigits(endAt, queues.named(request, TOPIC, QUEUE).end());
                end.write(from.out(), request.opaque());
            }
            default -> sent.write(from.out(), request.opaque());
        }
    }

    private void store(FrameView send, FloorQueue queue, FloorConnection from) {
        int frameBytes = send.bodyEnd() - send.start();
        if (ring.remaining() < frameBytes) {
            ring.clear();
        }
        ring.put(send.array(), send.start(), frameBytes);
        sent.write(from.out(), send.opaque());
        queue.release().ifPresent(pull -> {
            pulled.write(pull.connection().out(), pull.opaque(), queue, pull.offset());
            pull.connection().flush();
        });
    }

    private void pull(FrameView request, FloorConnection from) throws IOException {
        FloorQueue queue = queues.named(request, TOPIC, QUEUE);
        long offset = request.number(QUEUE_OFFSET);
        if (offset == queue.end() && (request.number(SYS_FLAG) & PullFlags.SUSPEND) != 0) {
            queue.hold(new HeldPull(from, request.opaque(), offset));
        } else {
            pulled.write(from.out(), request.opaque(), queue, offset);
        }
    }

    private static int messagesOf(FrameView batch) {
        ByteBuffer bytes = ByteBuffer.wrap(batch.array());
        int messages = 0;
        for (int at = batch.bodyStart(); at < batch.bodyEnd(); at += bytes.getInt(at)) {
            messages++;
        }
        return messages;
    }

    private static FrameTemplate sent() {
        SendAnswerHeader header = new SendAnswerHeader(
                "7F00000100002A9F0000000000000000",
                0,
                0,
                "7F00000100004EF20000000123456789",
                "",
                "",
                "DefaultRegion",
                true);
        return success(header.toFields());
    }

    private static FrameTemplate end() {
        return success(new OffsetAnswerHeader(FrameTemplate.FIRST_OPAQUE).toFields());
    }

    private static FrameTemplate success(Fields fields) {
        return FrameTemplate.of(Command.response(Command.request(0, Fields.NONE), ResponseCode.SUCCESS, fields));
    }
}
