package io.orbitmq.broker.topic;

import java.util.Collection;

/** Hears of topics that were created, changed or deleted, once that is durable. Called on any thread; must not block. */
public interface TopicListener {

    /** @param topics names of what changed; look each up again, it may have changed once more or be gone */
    void topicsChanged(Collection<String> topics);
}
