package io.orbitmq.broker.group;

import io.orbitmq.broker.group.SubscriptionConflict.Kind;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.message.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Compares what the members of a group told. Each value that differs from the first member's is one conflict. */
final class ConflictFinder {

    private static final int MOST = 100;
    private static final String NONE = "(not subscribed)";

    private final List<SubscriptionConflict> found = new ArrayList<>();

    private ConflictFinder() {}

    /** At most a hundred conflicts; none for a sound group. */
    static List<SubscriptionConflict> find(List<MemberSubscriptions> members) {
        ConflictFinder finder = new ConflictFinder();
        finder.compare(Kind.CONSUME_TYPE, "", members, of(member -> member.mode()
                .type()
                .name()));
        finder.compare(Kind.MESSAGE_MODEL, "", members, of(member -> member.mode()
                .model()
                .name()));
        finder.compare(
                Kind.CONSUME_FROM_WHERE, "", members, of(member -> member.mode().consumeFromWhere()));
        List<MemberSubscriptions> known =
                members.stream().filter(MemberSubscriptions::isKnown).toList();
        for (String topic : topics(known)) {
            finder.compare(Kind.SUBSCRIPTION, topic, known, member -> wish(member, topic));
        }
        return List.copyOf(finder.found);
    }

    /** @param compared equal when two members want the same */
    private record Wish(Object compared, String text) {}

    private static Function<MemberSubscriptions, Wish> of(Function<MemberSubscriptions, String> text) {
        return member -> new Wish(text.apply(member), text.apply(member));
    }

    private static Wish wish(MemberSubscriptions member, String topic) {
        return member.subscription(topic)
                .map(subscription -> new Wish(compared(subscription), text(subscription)))
                .orElse(new Wish(NONE, NONE));
    }

    private static Object compared(Subscription subscription) {
        if (!subscription.isTagType() || subscription.tags().isEmpty()) {
            return text(subscription);
        }
        return new TreeSet<>(subscription.tags());
    }

    private static String text(Subscription subscription) {
        String expression = subscription.expression().isBlank()
                ? "*"
                : subscription.expression().trim();
        return subscription.isTagType() ? expression : subscription.expressionType() + " " + expression;
    }

    private static SortedSet<String> topics(List<MemberSubscriptions> members) {
        SortedSet<String> topics = new TreeSet<>();
        for (MemberSubscriptions member : members) {
            topics.addAll(member.byTopic().keySet());
        }
        topics.removeIf(topic -> topic.startsWith(Names.RETRY_PREFIX));
        return topics;
    }

    private void compare(
            Kind kind, String topic, List<MemberSubscriptions> members, Function<MemberSubscriptions, Wish> wishOf) {
        Map<Object, MemberSubscriptions> firstByWish = new LinkedHashMap<>();
        for (MemberSubscriptions member : members) {
            firstByWish.putIfAbsent(wishOf.apply(member).compared(), member);
        }
        if (firstByWish.size() < 2) {
            return;
        }
        MemberSubscriptions first = firstByWish.values().iterator().next();
        firstByWish.values().stream()
                .skip(1)
                .limit(MOST - found.size())
                .forEach(other -> found.add(new SubscriptionConflict(
                        kind,
                        topic,
                        first.clientId(),
                        wishOf.apply(first).text(),
                        other.clientId(),
                        wishOf.apply(other).text())));
    }
}
