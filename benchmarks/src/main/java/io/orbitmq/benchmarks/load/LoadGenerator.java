package io.orbitmq.benchmarks.load;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs workloads against one broker. Every method blocks until its run is over; one at a time. */
public final class LoadGenerator {

    private static final String GROUP = "benchmark-producer";

    private final Clock clock;
    private final InetSocketAddress broker;
    private int templates;

    public LoadGenerator(Clock clock, InetSocketAddress broker) {
        this.clock = clock;
        this.broker = broker;
    }

    /** Creates topics by admin requests. */
    public void createTopics(List<String> topics, int queues) throws IOException {
        List<FrameTemplate> requests = new ArrayList<>();
        for (String topic : topics) {
            requests.add(FrameTemplate.of(Command.request(
                    RequestCode.UPDATE_AND_CREATE_TOPIC,
                    Fields.builder()
                            .put("topic", topic)
                            .put("defaultTopic", "TBW102")
                            .put("readQueueNums", queues)
                            .put("writeQueueNums", queues)
                            .put("perm", 6)
                            .put("topicFilterType", "SINGLE_TAG")
                            .put("topicSysFlag", 0)
                            .put("order", false)
                            .build())));
        }
        for (FrameTemplate request : requests) {
            ClosedLoopWork work = new ClosedLoopWork(clock, List.of(request), 1, clock.nanos());
            try (LoadLoop loop = new LoadLoop(clock, broker, 1)) {
                work.start(loop.connections().get(0), 1);
                loop.run(work);
            }
            if (work.result(1).refused() > 0) {
                throw new IOException("the broker refused to create a topic; look at its log");
            }
        }
    }

    /** Keeps {@code window} sends in flight on each of {@code connections} for {@code time}. */
    public LoadResult closedLoop(List<String> topics, int queues, SendShape shape, Duration time) throws IOException {
        List<FrameTemplate> templates = new ArrayList<>();
        for (String topic : topics) {
            for (int queue = 0; queue < queues; queue++) {
                templates.add(sendTemplate(topic, queue, shape.bodyBytes(), shape.batch()));
            }
        }
        Collections.shuffle(templates, new java.util.Random(topics.size()));
        long start = clock.nanos();
        ClosedLoopWork work = new ClosedLoopWork(clock, templates, shape.batch(), start + time.toNanos());
        try (LoadLoop loop = new LoadLoop(clock, broker, shape.connections())) {
            for (LoadConnection connection : loop.connections()) {
                work.start(connection, shape.window());
            }
            loop.run(work);
        }
        return work.result(clock.nanos() - start);
    }

    /** Pulls {@code wanted} messages from the start of all queues of a topic. */
    public LoadResult drain(String topic, int queues, int connections, long wanted) throws IOException {
        DrainWork work = new DrainWork(clock, pulls(topic, queues, false), wanted);
        long start = clock.nanos();
        try (LoadLoop loop = new LoadLoop(clock, broker, connections)) {
            work.start(loop.connections());
            loop.run(work);
        }
        return work.result(clock.nanos() - start);
    }

    /** Sends at a fixed rate to queue 0 of a fresh topic and receives by long polling. */
    public LoadResult deliver(String topic, double messagesPerSecond, Duration time) throws IOException {
        FrameTemplate send = sendTemplate(topic, 0, 128, 1);
        long messages = (long) (messagesPerSecond * time.toMillis() / 1000);
        DeliveryWork work = new DeliveryWork(clock, send, pulls(topic, 1, true), messagesPerSecond, messages);
        long start = clock.nanos();
        try (LoadLoop loop = new LoadLoop(clock, broker, 2)) {
            work.start(loop.connections(), List.of(0L));
            loop.run(work);
        }
        return work.result(clock.nanos() - start);
    }

    private static List<PullTemplate> pulls(String topic, int queues, boolean suspend) {
        List<PullTemplate> pulls = new ArrayList<>();
        for (int queue = 0; queue < queues; queue++) {
            pulls.add(PullTemplate.of(topic, queue, suspend));
        }
        return pulls;
    }

    private FrameTemplate sendTemplate(String topic, int queueId, int bodyBytes, int batch) {
        String series = String.format("%06X", templates++ & 0xFFFFFF);
        return FrameTemplate.numbered(
                sendRequest(topic, queueId, bodyBytes, batch, series), clock.epochMs() % 1_000_000_000L);
    }

    private static Command sendRequest(String topic, int queueId, int bodyBytes, int batch, String series) {
        Fields fields = Fields.builder()
                .put("a", GROUP)
                .put("b", topic)
                .put("c", "TBW102")
                .put("d", 4)
                .put("e", queueId)
                .put("f", 0)
                .put("g", 1_795_225_017_881L)
                .put("h", 0)
                .put(
                        "i",
                        "UNIQ_KEY\u00017F00000100004EF2" + series + FrameTemplate.KEY_NUMBER
                                + "\u0002WAIT\u0001true\u0002")
                .put("j", 0)
                .put("k", false)
                .put("m", batch > 1)
                .build();
        int code = batch > 1 ? RequestCode.SEND_BATCH_MESSAGE : RequestCode.SEND_MESSAGE_V2;
        return Command.request(code, fields, batch > 1 ? batchBody(bodyBytes, batch) : ByteBuffer.allocate(bodyBytes));
    }

    private static ByteBuffer batchBody(int bodyBytes, int batch) {
        byte[] properties = "WAIT\u0001true\u0002".getBytes(StandardCharsets.UTF_8);
        int itemBytes = 22 + bodyBytes + properties.length;
        ByteBuffer body = ByteBuffer.allocate(itemBytes * batch);
        for (int i = 0; i < batch; i++) {
            body.putInt(itemBytes).putInt(0).putInt(0).putInt(0).putInt(bodyBytes);
            body.put(new byte[bodyBytes]).putShort((short) properties.length).put(properties);
        }
        return body.flip();
    }

    /**
     * How sends are shaped.
     *
     * @param connections number of connections
     * @param window requests in flight on each
     * @param bodyBytes size of one message body
     * @param batch messages per request
     */
    public record SendShape(int connections, int window, int bodyBytes, int batch) {}
}
