package io.orbitmq.broker.filter;

import io.orbitmq.broker.filter.CompiledFilter.Usable;
import io.orbitmq.broker.group.GroupListener;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.protocol.body.client.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The compiled filters of the subscriptions that live groups told in heartbeats. Each is compiled when first asked for
 * and kept until nobody subscribes to its topic or its group is gone. Register it as a listener of the groups. Safe for
 * any thread; asking is two table lookups.
 */
public final class SubscriptionFilters implements GroupListener {

    /** More filters of one group are only kept for moments: then all are forgotten and compiled when asked for. */
    private static final int MOST_PER_GROUP = 1_000;

    private final Map<String, Map<Wish, CompiledFilter>> byGroup = new ConcurrentHashMap<>();

    /** What makes a filter; members of a group that want the same share it, whatever the versions. */
    private record Wish(String topic, String type, String expression, List<Integer> codes) {

        static Wish of(Subscription subscription) {
            return new Wish(
                    subscription.topic(),
                    subscription.expressionType(),
                    subscription.expression(),
                    subscription.codes());
        }
    }

    /** The filter of a subscription of a member of {@code group}. */
    public CompiledFilter filterOf(String group, Subscription subscription) {
        Map<Wish, CompiledFilter> filters = byGroup.get(group);
        CompiledFilter filter = filters == null ? null : filters.get(Wish.of(subscription));
        return filter != null ? filter : compileAndKeep(group, subscription);
    }

    @Override
    public void subscribed(LiveGroup group) {
        byGroup.computeIfPresent(group.name(), (name, filters) -> {
            Set<String> topics = group.subscriptions().keySet();
            filters.keySet().removeIf(wish -> !topics.contains(wish.topic()));
            return filters;
        });
    }

    @Override
    public void gone(String group) {
        byGroup.remove(group);
    }

    /** The filter of a subscription told in a heartbeat. */
    public static CompiledFilter compile(Subscription subscription) {
        return subscription.isTagType()
                ? new Usable(FilterCompiler.ofHashedTags(subscription.expression(), codesOf(subscription)))
                : FilterCompiler.compile(subscription.expressionType(), subscription.expression());
    }

    private CompiledFilter compileAndKeep(String group, Subscription subscription) {
        CompiledFilter filter = compile(subscription);
        Map<Wish, CompiledFilter> filters = byGroup.computeIfAbsent(group, name -> new ConcurrentHashMap<>());
        if (filters.size() >= MOST_PER_GROUP) {
            filters.clear();
        }
        filters.put(Wish.of(subscription), filter);
        return filter;
    }

    /** Clients send hashes; one that sends only the tags is helped. */
    private static int[] codesOf(Subscription subscription) {
        List<Integer> codes = subscription.codes();
        return codes.isEmpty()
                ? subscription.tags().stream().mapToInt(String::hashCode).toArray()
                : codes.stream().mapToInt(Integer::intValue).toArray();
    }
}
