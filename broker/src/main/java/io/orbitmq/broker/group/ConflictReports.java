package io.orbitmq.broker.group;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log about members of a group that want different things: once when that begins and once when it ends, not
 * with every heartbeat. Safe for any thread.
 */
final class ConflictReports {

    private static final Logger LOG = LoggerFactory.getLogger(ConflictReports.class);

    private final LongAdder reported = new LongAdder();

    /** How often a conflict began since the start. */
    long count() {
        return reported.sum();
    }

    void changed(String group, List<SubscriptionConflict> before, List<SubscriptionConflict> after) {
        after.stream().filter(conflict -> isNew(conflict, before)).forEach(conflict -> {
            reported.increment();
            LOG.warn(
                    "event=subscriptions-differ group={} kind={} topic={} clientA={} valueA=\"{}\" clientB={} valueB=\"{}\""
                            + " advice=\"consumers of one group must subscribe alike; use a group for each subscription\"",
                    group,
                    conflict.kind(),
                    conflict.topic(),
                    conflict.clientA(),
                    conflict.valueA(),
                    conflict.clientB(),
                    conflict.valueB());
        });
        before.stream()
                .filter(conflict -> isNew(conflict, after))
                .forEach(conflict -> LOG.info(
                        "event=subscriptions-agree group={} kind={} topic={} valueA=\"{}\" valueB=\"{}\"",
                        group,
                        conflict.kind(),
                        conflict.topic(),
                        conflict.valueA(),
                        conflict.valueB()));
    }

    private static boolean isNew(SubscriptionConflict conflict, List<SubscriptionConflict> known) {
        return known.stream().noneMatch(conflict::isSameMatter);
    }
}
