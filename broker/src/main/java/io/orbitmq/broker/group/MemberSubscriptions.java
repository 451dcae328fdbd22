package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.client.Subscription;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one member of a group told about its consuming; members of a sound group all tell the same.
 *
 * @param clientId what the member calls itself
 * @param mode how it consumes
 * @param isKnown whether a full heartbeat came over its connection; until then only the group's subscriptions are known
 * @param byTopic its own subscriptions; empty while they are not known
 */
public record MemberSubscriptions(
        String clientId, ConsumerMode mode, boolean isKnown, Map<String, Subscription> byTopic) {

    public MemberSubscriptions {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(mode, "mode");
        byTopic = Map.copyOf(byTopic);
    }

    public Optional<Subscription> subscription(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    MemberSubscriptions withMode(String newClientId, ConsumerMode newMode) {
        return new MemberSubscriptions(newClientId, newMode, isKnown, byTopic);
    }

    MemberSubscriptions knowing(Map<String, Subscription> subscriptions) {
        return new MemberSubscriptions(clientId, mode, true, subscriptions);
    }
}
