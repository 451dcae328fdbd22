package io.orbitmq.benchmarks.delay;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pull.PullAnswerHeader;
import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.transport.client.RemotingClient;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Receives the delayed messages by long polling. Runs on its client's event loop; {@link #received} is for any thread. */
final class DelayConsumer {

    private static final Duration HOLD = Duration.ofSeconds(5);

    private final RemotingClient client;
    private final String broker;
    private final String topic;
    private final long countFromMs;
    private final Lateness levels;
    private final Lateness times;
    private volatile long received;
    private volatile String failure = "";

    /** @param countFromMs messages due earlier are received and not counted */
    DelayConsumer(RemotingClient client, String broker, String topic, long countFromMs, Clock clock) {
        this.client = client;
        this.broker = broker;
        this.topic = topic;
        this.countFromMs = countFromMs;
        this.levels = new Lateness(clock);
        this.times = new Lateness(clock);
    }

    void start() {
        for (int queue = 0; queue < DelayPlan.DELAYED_QUEUES; queue++) {
            pull(queue, 0);
        }
    }

    /** Messages that arrived, counted or not. */
    long received() {
        return received;
    }

    /** Why receiving ended, empty while it goes on. */
    String failure() {
        return failure;
    }

    Lateness levels() {
        return levels;
    }

    Lateness times() {
        return times;
    }

    private void pull(int queue, long offset) {
        int flags = PullFlags.SUSPEND | PullFlags.SUBSCRIPTION;
        PullRequestHeader header = new PullRequestHeader(
                "delay-bench", topic, queue, offset, 32, flags, 0, HOLD.toMillis(), "*", 0, "TAG", Integer.MAX_VALUE);
        client.call(broker, Command.request(RequestCode.PULL_MESSAGE, header.toFields()), HOLD.multipliedBy(3))
                .whenComplete((answer, cause) -> {
                    if (cause != null) {
                        failure = cause.getMessage();
                    } else if (answer.code() == ResponseCode.SUCCESS) {
                        take(answer.body());
                        pull(queue, PullAnswerHeader.from(answer.fields()).nextBeginOffset());
                    } else if (answer.code() == ResponseCode.PULL_NOT_FOUND
                            || answer.code() == ResponseCode.PULL_RETRY_IMMEDIATELY) {
                        pull(queue, offset);
                    } else {
                        failure = "a pull was refused with code " + answer.code() + ": " + answer.remark();
                    }
                });
    }

    private void take(ByteBuffer records) {
        long count = 0;
        for (int at = records.position(); at < records.limit(); at += MessageRecord.totalSize(records, at)) {
            count++;
            long due = Long.parseLong(MessageRecord.property(records, at, Lateness.DUE));
            if (due >= countFromMs) {
                boolean byLevel =
                        MessageRecord.property(records, at, Lateness.KIND).equals("level");
                (byLevel ? levels : times).add(records, at, due);
            }
        }
        received += count;
    }
}
