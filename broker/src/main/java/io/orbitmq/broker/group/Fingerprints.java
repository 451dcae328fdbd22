package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.client.HeartbeatBody;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last fingerprint of each group's subscriptions, which tells a client whether its short heartbeats still say enough
 * (protocol/07 section 1, V2 mode). Safe for any thread.
 */
final class Fingerprints implements GroupListener {

    private final Map<String, Integer> byGroup = new ConcurrentHashMap<>();

    /**
     * Remembers the heartbeat's fingerprint; true when the client should send its subscriptions: another one was known,
     * or none was and this heartbeat had no subscriptions either, as after a restart of the broker.
     */
    boolean replace(String group, HeartbeatBody heartbeat) {
        Integer before = byGroup.put(group, heartbeat.fingerprint());
        return before == null ? heartbeat.withoutSubscriptions() : before != heartbeat.fingerprint();
    }

    @Override
    public void gone(String group) {
        byGroup.remove(group);
    }
}
