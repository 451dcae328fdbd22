package io.orbitmq.compat.scenario;

import io.orbitmq.compat.client.MessageListener;
import io.orbitmq.compat.client.Received;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Keeps what one consumer received, in the order of arrival. Any thread. */
public final class Inbox implements MessageListener {

    private final ConcurrentLinkedQueue<Received> messages = new ConcurrentLinkedQueue<>();

    @Override
    public boolean onMessages(List<Received> batch) {
        messages.addAll(batch);
        return true;
    }

    public List<Received> messages() {
        return List.copyOf(messages);
    }

    public List<String> texts() {
        return messages.stream().map(Received::text).toList();
    }

    public int size() {
        return messages.size();
    }

    /** How often each text arrived, over several inboxes. */
    public static Map<String, Long> timesByText(Collection<Inbox> inboxes) {
        return inboxes.stream()
                .flatMap(inbox -> inbox.messages.stream())
                .collect(Collectors.groupingBy(Received::text, TreeMap::new, Collectors.counting()));
    }
}
