package io.orbitmq.broker.assignment;

import io.orbitmq.protocol.body.queue.MessageQueueKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Shares queues out among members (protocol/07 section 15, protocol/12 section 11). Pure: every broker that sees the same
 * queues and members gives every member the same answer.
 *
 * @param queues all queues, sorted
 * @param members ids of all members, sorted, each once
 */
record Allocation(List<MessageQueueKey> queues, List<String> members) {

    /** The queue that stands for all queues of a broker. */
    private static final int ALL = -1;

    private static final String AVERAGE = "AVG";
    private static final String CIRCLE = "AVG_BY_CIRCLE";

    Allocation {
        queues = List.copyOf(queues);
        members = List.copyOf(members);
    }

    /** What the member pulls; no queue for a stranger, no answer when nobody knows the strategy. */
    Optional<List<MessageQueueKey>> toPull(String member, String strategy) {
        return share(members.indexOf(member), strategy);
    }

    /** What the member pops: with a share, its own queues and those of the next members too. */
    Optional<List<MessageQueueKey>> toPop(String member, String strategy, int share) {
        int index = members.indexOf(member);
        Optional<List<MessageQueueKey>> own = share(index, strategy);
        if (own.isEmpty()) {
            return own;
        }
        if (share <= 0 || share >= members.size() - 1) {
            return Optional.of(queues.stream()
                    .map(queue -> new MessageQueueKey(queue.topic(), queue.brokerName(), ALL))
                    .distinct()
                    .toList());
        }
        if (index < 0) {
            return Optional.of(List.of());
        }
        if (members.size() > queues.size()) {
            return Optional.of(List.of(queues.get(index % queues.size())));
        }
        Set<MessageQueueKey> shared = new LinkedHashSet<>();
        for (int next = index; next <= index + share; next++) {
            share(next % members.size(), strategy).ifPresent(shared::addAll);
        }
        return Optional.of(new ArrayList<>(shared));
    }

    private Optional<List<MessageQueueKey>> share(int index, String strategy) {
        return switch (strategy) {
            case AVERAGE -> Optional.of(index < 0 ? List.of() : average(index));
            case CIRCLE -> Optional.of(circle(index));
            default -> Optional.empty();
        };
    }

    /** Blocks of equal size; the first members take one queue more when they do not come out even. */
    private List<MessageQueueKey> average(int index) {
        int least = queues.size() / members.size();
        int larger = queues.size() % members.size();
        int from = index * least + Math.min(index, larger);
        return queues.subList(from, from + least + (index < larger ? 1 : 0));
    }

    private List<MessageQueueKey> circle(int index) {
        return IntStream.range(0, queues.size())
                .filter(i -> i % members.size() == index)
                .mapToObj(queues::get)
                .toList();
    }
}
