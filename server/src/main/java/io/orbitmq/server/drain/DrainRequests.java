package io.orbitmq.server.drain;

import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.offset.OffsetAnswerHeader;
import io.orbitmq.protocol.header.offset.QueryOffsetHeader;
import io.orbitmq.protocol.header.offset.QueueHeader;
import io.orbitmq.protocol.header.offset.UpdateOffsetHeader;
import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.server.cluster.ClusterCalls;
import io.orbitmq.server.cluster.ClusterFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

/** What a drain asks of nameservers and brokers. Command's thread. */
final class DrainRequests {

    private static final int WRITE = 2;
    private static final int READ = 4;

    private final DrainPlan plan;
    private final ClusterCalls cluster;

    DrainRequests(DrainPlan plan, ClusterCalls cluster) {
        this.plan = plan;
        this.cluster = cluster;
    }

    /** Queues that may be sent to, sorted. */
    List<TargetQueue> targets() {
        List<TargetQueue> found = queues(plan.to(), WRITE, QueueRoute::writeQueues);
        if (found.isEmpty()) {
            throw new ClusterFailedException("No master lets messages be sent to " + plan.to()
                    + ". Look at mqadmin topicRoute -t " + plan.to() + ".");
        }
        return found;
    }

    /** Source queues that are not in {@code known}, each where the group stands or else at its begin. */
    List<SourceQueue> sourcesBesides(List<SourceQueue> known) {
        List<SourceQueue> found = new ArrayList<>();
        for (TargetQueue queue : queues(plan.from(), READ, QueueRoute::readQueues)) {
            if (known.stream().noneMatch(source -> source.is(queue.broker(), queue.queueId()))) {
                found.add(new SourceQueue(queue.broker(), queue.address(), queue.queueId(), beginOf(queue)));
            }
        }
        if (found.isEmpty() && known.isEmpty()) {
            throw new ClusterFailedException("No master lets messages of " + plan.from()
                    + " be read. Look at mqadmin topicRoute -t " + plan.from() + ".");
        }
        return found;
    }

    CompletableFuture<Command> pull(SourceQueue source, int count) {
        PullRequestHeader header = new PullRequestHeader(
                plan.group(),
                plan.from(),
                source.queueId(),
                source.nextOffset(),
                count,
                PullFlags.SUBSCRIPTION,
                0,
                0,
                "*",
                0,
                "TAG",
                Integer.MAX_VALUE);
        return cluster.call(source.address(), Command.request(RequestCode.PULL_MESSAGE, header.toFields()));
    }

    void commit(SourceQueue source) {
        UpdateOffsetHeader header =
                new UpdateOffsetHeader(plan.group(), plan.from(), source.queueId(), source.nextOffset());
        Command answer =
                cluster.ask(source.address(), Command.request(RequestCode.UPDATE_CONSUMER_OFFSET, header.toFields()));
        ClusterCalls.expectSuccess("Committing the progress of group " + plan.group(), answer);
        source.committed();
    }

    private List<TargetQueue> queues(String topic, int permission, ToIntFunction<QueueRoute> count) {
        TopicRoute route = cluster.route(topic);
        SortedMap<String, String> masters = ClusterCalls.masters(route.brokers());
        List<TargetQueue> found = new ArrayList<>();
        masters.forEach((broker, address) -> {
            for (QueueRoute queues : route.queues()) {
                boolean usable = queues.brokerName().equals(broker) && (queues.permission() & permission) != 0;
                for (int id = 0; usable && id < count.applyAsInt(queues); id++) {
                    found.add(new TargetQueue(broker, address, id));
                }
            }
        });
        return found;
    }

    private long beginOf(TargetQueue queue) {
        QueryOffsetHeader header = new QueryOffsetHeader(plan.group(), plan.from(), queue.queueId(), false);
        Command answer =
                cluster.ask(queue.address(), Command.request(RequestCode.QUERY_CONSUMER_OFFSET, header.toFields()));
        if (answer.code() == ResponseCode.QUERY_NOT_FOUND) {
            QueueHeader where = new QueueHeader(plan.from(), queue.queueId(), true);
            answer = cluster.ask(queue.address(), Command.request(RequestCode.GET_MIN_OFFSET, where.toFields()));
        }
        ClusterCalls.expectSuccess("Asking how far group " + plan.group() + " came", answer);
        return OffsetAnswerHeader.from(answer.fields()).offset();
    }
}
