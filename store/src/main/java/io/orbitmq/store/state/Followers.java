package io.orbitmq.store.state;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.RecordFollower;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables that follow messages, asked for every record that may concern one of them. */
public final class Followers {

    private final List<RecordFollower> all;
    private final Map<String, RecordFollower> byTopic = new HashMap<>();

    Followers(List<RecordFollower> all) {
        this.all = List.copyOf(all);
        for (RecordFollower follower : all) {
            for (String topic : follower.followedTopics()) {
                if (byTopic.put(topic, follower) != null) {
                    throw new IllegalArgumentException("a topic has one follower, found a second: '" + follower.name()
                            + "' for the topic " + topic);
                }
            }
        }
    }

    /** Whether somebody follows the topic. */
    public boolean isFollowed(String topic) {
        return byTopic.containsKey(topic);
    }

    /** What the queue index keeps of the record. */
    public long indexCode(String topic, ByteBuffer record, int base, long tagHash) {
        RecordFollower follower = byTopic.get(topic);
        return follower == null ? tagHash : follower.indexCode(record, base, tagHash);
    }

    /** Whether {@link #indexCode} says another thing of the topic's records under other settings. */
    public boolean isCodedBySettings(String topic) {
        RecordFollower follower = byTopic.get(topic);
        return follower != null && follower.topicsCodedBySettings().contains(topic);
    }

    /** Tells those whom the record concerns. */
    public void tell(String topic, ByteBuffer record, int base) {
        if (MessageRecord.preparedTransactionOffset(record, base) != 0) {
            all.forEach(follower -> follower.follow(record, base));
            return;
        }
        RecordFollower follower = byTopic.get(topic);
        if (follower != null) {
            follower.follow(record, base);
        }
    }

    /** Records from this log position on must not be removed; {@code Long.MAX_VALUE} when nobody needs any. */
    public long neededFrom() {
        long needed = Long.MAX_VALUE;
        for (RecordFollower follower : all) {
            needed = Math.min(needed, follower.neededFrom());
        }
        return needed;
    }
}
