package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes send requests as the official clients write them (protocol/04 section 1), each with a unique key of its own. */
final class SendTemplates {

    private static final String GROUP = "benchmark-producer";
    private static final String WAIT_PROPERTY = "WAIT\u0001true\u0002";
    private static final int BATCH_ITEM_HEAD_BYTES = 22;

    private final Clock clock;
    private int made;

    SendTemplates(Clock clock) {
        this.clock = clock;
    }

    /** Sends to every queue in turn. */
    QueueSends forQueues(List<String> topics, int queues, int bodyBytes, int batch) {
        return new QueueSends(of(topics.get(0), 0, bodyBytes, batch), topics, queues);
    }

    FrameTemplate of(String topic, int queueId, int bodyBytes, int batch) {
        String series = String.format("%06X", made++ & 0xFFFFFF);
        return FrameTemplate.numbered(
                request(topic, queueId, bodyBytes, batch, series), clock.epochMs() % 1_000_000_000L, clock);
    }

    private Command request(String topic, int queueId, int bodyBytes, int batch, String series) {
        String key = "UNIQ_KEY\u00017F00000100004EF2" + series + FrameTemplate.KEY_NUMBER + "\u0002";
        Fields fields = Fields.builder()
                .put("a", GROUP)
                .put("b", topic)
                .put("c", "TBW102")
                .put("d", 4)
                .put("e", queueId)
                .put("f", 0)
                .put("g", clock.epochMs())
                .put("h", 0)
                .put("i", key + WAIT_PROPERTY)
                .put("j", 0)
                .put("k", false)
                .put("m", batch > 1)
                .build();
        int code = batch > 1 ? RequestCode.SEND_BATCH_MESSAGE : RequestCode.SEND_MESSAGE_V2;
        return Command.request(code, fields, batch > 1 ? batchBody(bodyBytes, batch) : ByteBuffer.allocate(bodyBytes));
    }

    private static ByteBuffer batchBody(int bodyBytes, int batch) {
        byte[] properties = WAIT_PROPERTY.getBytes(StandardCharsets.UTF_8);
        int itemBytes = BATCH_ITEM_HEAD_BYTES + bodyBytes + properties.length;
        ByteBuffer body = ByteBuffer.allocate(itemBytes * batch);
        for (int i = 0; i < batch; i++) {
            body.putInt(itemBytes).putInt(0).putInt(0).putInt(0).putInt(bodyBytes);
            body.put(new byte[bodyBytes]).putShort((short) properties.length).put(properties);
        }
        return body.flip();
    }
}
