package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.benchmarks.wire.FrameView;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Asks for the end of every queue, a window of requests at a time. */
final class QueueEnds implements LoadLoop.Work {

    private static final long WAIT_NANOS = 100_000_000L;
    private static final int WINDOW = 64;

    private final List<FrameTemplate> requests = new ArrayList<>();
    private final long[] ends;
    private int sent;
    private int answered;

    /** @param queuesOfTopics number of queues by topic */
    QueueEnds(Map<String, Integer> queuesOfTopics) {
        queuesOfTopics.forEach((topic, queues) -> {
            for (int queue = 0; queue < queues; queue++) {
                requests.add(FrameTemplate.of(Command.request(
                        RequestCode.GET_MAX_OFFSET,
                        Fields.builder()
                                .put("topic", topic)
                                .put("queueId", queue)
                                .build())));
            }
        });
        ends = new long[requests.size()];
    }

    void start(LoadConnection connection) {
        while (sent < Math.min(WINDOW, requests.size())) {
            sendOne(connection);
        }
    }

    @Override
    public long sendDue(long nowNanos) {
        return WAIT_NANOS;
    }

    @Override
    public boolean done() {
        return answered == requests.size();
    }

    @Override
    public void received(LoadConnection connection, FrameView response, long intendedNanos, int tag) {
        answered++;
        ends[tag] = response.code() == 0 ? response.offset() : 0;
        if (sent < requests.size()) {
            sendOne(connection);
        }
    }

    /** One past the last offset of each queue; 0 for a queue the broker does not know. */
    long[] ends() {
        return ends.clone();
    }

    long sum() {
        return Arrays.stream(ends).sum();
    }

    private void sendOne(LoadConnection connection) {
        connection.send(requests.get(sent), 0, sent);
        sent++;
    }
}
