package io.orbitmq.server.command;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.server.cluster.ClusterCalls;
import io.orbitmq.server.drain.DrainPlan;
import io.orbitmq.server.drain.DrainPlan.Order;
import io.orbitmq.server.drain.TopicDrain;
import io.orbitmq.server.logging.ConsoleLog;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Forwards the messages of a topic to another. */
@Command(
        name = "drain",
        description = {
            "Forwards the messages of one topic to another, for example to one with more queues, until it is caught up.",
            "Every message arrives at least once; a run that was killed is continued by the next one. What was forwarded"
                    + " twice has the same UNIQ_KEY. Do not run two drains with one group at a time, and leave the"
                    + " target's queues as they are meanwhile."
        })
final class TopicDrainCommand implements Callable<Integer> {

    private static final long PROGRESS_PERIOD_NANOS = 1_000_000_000L;

    @ParentCommand
    private TopicCommand topic;

    @Option(names = "--from", required = true, paramLabel = "TOPIC", description = "Where the messages are.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "TOPIC", description = "Where they shall go; must exist.")
    private String to;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "Keeps the progress as a consumer group; default drain-FROM-to-TO.")
    private String group;

    @Option(
            names = "--order",
            paramLabel = "key|queue",
            description =
                    "key: messages with the same sharding key, or without one the same keys, stay in order, others"
                            + " are spread (default). queue: a source queue goes to one target queue, in order.")
    private String order = "key";

    @Option(names = "--rate", paramLabel = "N", description = "Most messages in a second; default no limit.")
    private int rate;

    @Option(names = "--follow", description = "Goes on with new messages until it is stopped.")
    private boolean follow;

    @Mixin
    private ClusterOptions options;

    private final Clock clock = new SystemClock();
    private long shownNanos;
    private long shownForwarded;

    @Override
    public Integer call() {
        ConsoleLog.onlyWarnings();
        Optional<Order> kept = order(order);
        if (kept.isEmpty()) {
            topic.err().println("--order must be key or queue, found '" + order + "'.");
            return CommandLines.WRONG_USAGE;
        }
        DrainPlan plan;
        try {
            plan = new DrainPlan(
                    from,
                    to,
                    Optional.ofNullable(group).orElse(DrainPlan.defaultGroup(from, to)),
                    kept.get(),
                    rate,
                    follow);
        } catch (IllegalArgumentException e) {
            topic.err().println(e.getMessage());
            return CommandLines.WRONG_USAGE;
        }
        PrintStream out = topic.out();
        try (ClusterCalls cluster = options.calls(clock)) {
            TopicDrain drain = new TopicDrain(plan, cluster, clock, this::show);
            out.println("Draining " + from + " (" + drain.sourceQueues() + " queues) into " + to + " ("
                    + drain.targetQueues() + " queues); progress is kept in group " + plan.group() + ".");
            shownNanos = clock.nanos();
            drain.run().lines().forEach(out::println);
            return CommandLines.DONE;
        }
    }

    private static Optional<Order> order(String text) {
        return switch (text) {
            case "key" -> Optional.of(Order.KEY);
            case "queue" -> Optional.of(Order.QUEUE);
            default -> Optional.empty();
        };
    }

    /** A line about once a second while there is something to tell. */
    private void show(long forwarded, long behind) {
        long now = clock.nanos();
        if (now - shownNanos < PROGRESS_PERIOD_NANOS || forwarded == shownForwarded) {
            return;
        }
        topic.out()
                .println(String.format(
                        Locale.ROOT,
                        "forwarded %d (%.0f/s), still there %d",
                        forwarded,
                        (forwarded - shownForwarded) * 1e9 / (now - shownNanos),
                        behind));
        shownNanos = now;
        shownForwarded = forwarded;
    }
}
