package io.orbitmq.broker.filter;

import io.orbitmq.broker.filter.CompiledFilter.Usable;
import io.orbitmq.broker.group.GroupListener;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.protocol.body.client.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The compiled filters of the subscriptions that live groups told in heartbeats. Each is compiled when first asked for
 * and kept until the subscription is replaced or its group is gone. Register it as a listener of the groups. Safe for
 * any thread; asking is two table lookups.
 */
public final class SubscriptionFilters implements GroupListener {

    private final Map<String, Map<String, Entry>> byGroup = new ConcurrentHashMap<>();

    private record Entry(Subscription subscription, CompiledFilter filter) {}

    /** The filter of a subscription of {@code group}. */
    public CompiledFilter filterOf(String group, Subscription subscription) {
        Map<String, Entry> topics = byGroup.get(group);
        Entry entry = topics == null ? null : topics.get(subscription.topic());
        return entry != null && entry.subscription == subscription ? entry.filter : compileAndKeep(group, subscription);
    }

    @Override
    public void subscribed(LiveGroup group) {
        byGroup.computeIfPresent(group.name(), (name, topics) -> {
            topics.keySet().retainAll(group.subscriptions().keySet());
            return topics;
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
        byGroup.computeIfAbsent(group, name -> new ConcurrentHashMap<>())
                .put(subscription.topic(), new Entry(subscription, filter));
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
