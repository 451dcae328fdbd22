package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs workloads against one broker. Every method blocks until its run is over; one at a time. It remembers what was
 * acknowledged, so that {@link #storedCount} can compare.
 */
public final class LoadGenerator {

    private static final long SETTLE_NANOS = 1_000_000_000L;
    private static final long PAUSE_NANOS = 20_000_000L;

    private final Clock clock;
    private final InetSocketAddress broker;
    private final Waiting waiting;
    private final SendTemplates templates;
    private final Map<String, Integer> queuesSentTo = new TreeMap<>();
    private long acknowledged;

    public LoadGenerator(Clock clock, InetSocketAddress broker) {
        this(clock, broker, Waiting.SLEEP);
    }

    public LoadGenerator(Clock clock, InetSocketAddress broker, Waiting waiting) {
        this.clock = clock;
        this.broker = broker;
        this.waiting = waiting;
        this.templates = new SendTemplates(clock);
    }

    /** Creates topics by admin requests, one after the other. */
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
        ClosedLoopWork work = new ClosedLoopWork(clock, requests.iterator()::next, 1, endOfTime(), requests.size());
        if (runClosed(work, 1, 1).refused() > 0) {
            throw new IOException("the broker refused to create a topic; look at its log");
        }
    }

    /** Keeps {@code window} sends in flight on each of {@code connections} for {@code time}. */
    public LoadResult closedLoop(List<String> topics, int queues, SendShape shape, Duration time) throws IOException {
        QueueSends sends = templates.forQueues(topics, queues, shape.bodyBytes(), shape.batch());
        long end = clock.nanos() + time.toNanos();
        return runSends(topics, queues, shape, new ClosedLoopWork(clock, sends, shape.batch(), end, Long.MAX_VALUE));
    }

    /** Sends {@code messages}, rounded up to whole batches, evenly to the queues of a topic. */
    public LoadResult fill(String topic, int queues, SendShape shape, long messages) throws IOException {
        List<String> topics = List.of(topic);
        QueueSends sends = templates.forQueues(topics, queues, shape.bodyBytes(), shape.batch());
        long requests = (messages + shape.batch() - 1) / shape.batch();
        return runSends(topics, queues, shape, new ClosedLoopWork(clock, sends, shape.batch(), endOfTime(), requests));
    }

    /**
     * Pulls all messages of a topic, from the start to the end of each queue, 32 a pull. A queue that is at its end before
     * {@code time} is over is pulled from its start again.
     */
    public LoadResult drain(String topic, int queues, int connections, Duration time) throws IOException {
        long[] ends = queueEnds(Map.of(topic, queues)).ends();
        long start = clock.nanos();
        DrainWork work = new DrainWork(clock, pulls(topic, queues, false), ends, start + time.toNanos());
        try (LoadLoop loop = loop(connections)) {
            work.start(loop.connections());
            loop.run(work);
        }
        return work.result(clock.nanos() - start);
    }

    /** Sends at a fixed rate to queue 0 of a topic from a thread of its own, and receives from its end by long polling. */
    public LoadResult deliver(String topic, double messagesPerSecond, Duration time) throws IOException {
        long messages = (long) (messagesPerSecond * time.toMillis() / 1000);
        long end = queueEnds(Map.of(topic, 1)).sum();
        Deliveries deliveries = new Deliveries(clock, pulls(topic, 1, true).get(0), end);
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try (LoadLoop receiving = loop(1);
                LoadLoop sending = loop(1)) {
            deliveries.start(receiving.connections().get(0));
            FrameTemplate template = templates.of(topic, 0, 128, 1);
            PacedSends sends = new PacedSends(
                    clock,
                    template,
                    messagesPerSecond,
                    messages,
                    sending.connections().get(0));
            Future<?> sent = sender.submit(() -> {
                try {
                    sending.run(sends);
                } finally {
                    deliveries.expect(sends.accepted());
                }
                return null;
            });
            receiving.run(deliveries);
            await(sent);
            queuesSentTo.put(topic, 1);
            acknowledged += sends.accepted();
            return deliveries.result(sends.startNanos(), sends.refused());
        } finally {
            sender.shutdownNow();
        }
    }

    /**
     * Compares what was acknowledged with the ends of the queues that were sent to. A broker that fills its queues behind
     * the answers may catch up: it is asked until the queues have not grown for a second.
     */
    public StoredCount storedCount() throws IOException {
        return settled(queuesSentTo, acknowledged);
    }

    /** The same for one topic that somebody else sent to. */
    public StoredCount storedCount(String topic, int queues, long acknowledgedMessages) throws IOException {
        return settled(Map.of(topic, queues), acknowledgedMessages);
    }

    /** Asks again as long as the queues grow. */
    private StoredCount settled(Map<String, Integer> queuesOfTopics, long wanted) throws IOException {
        long grewNanos = clock.nanos();
        StoredCount count = new StoredCount(wanted, queueEnds(queuesOfTopics).sum());
        while (count.stored() < wanted && clock.nanos() - grewNanos < SETTLE_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
            StoredCount later =
                    new StoredCount(wanted, queueEnds(queuesOfTopics).sum());
            grewNanos = later.stored() > count.stored() ? clock.nanos() : grewNanos;
            count = later;
        }
        return count;
    }

    private LoadResult runSends(List<String> topics, int queues, SendShape shape, ClosedLoopWork work)
            throws IOException {
        topics.forEach(topic -> queuesSentTo.put(topic, queues));
        LoadResult result = runClosed(work, shape.connections(), shape.window());
        acknowledged += result.messages();
        return result;
    }

    private LoadResult runClosed(ClosedLoopWork work, int connections, int window) throws IOException {
        long start = clock.nanos();
        try (LoadLoop loop = loop(connections)) {
            for (LoadConnection connection : loop.connections()) {
                work.start(connection, window);
            }
            loop.run(work);
        }
        return work.result(clock.nanos() - start);
    }

    private QueueEnds queueEnds(Map<String, Integer> queuesOfTopics) throws IOException {
        QueueEnds work = new QueueEnds(queuesOfTopics);
        try (LoadLoop loop = loop(1)) {
            work.start(loop.connections().get(0));
            loop.run(work);
        }
        return work;
    }

    private LoadLoop loop(int connections) throws IOException {
        return new LoadLoop(clock, waiting, broker, connections);
    }

    private long endOfTime() {
        return clock.nanos() + Long.MAX_VALUE / 2;
    }

    private static List<PullTemplate> pulls(String topic, int queues, boolean suspend) {
        List<PullTemplate> pulls = new ArrayList<>();
        for (int queue = 0; queue < queues; queue++) {
            pulls.add(PullTemplate.of(topic, queue, suspend));
        }
        return pulls;
    }

    private static void await(Future<?> sent) throws IOException {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new IOException("sending failed: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the sender", e);
        }
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
