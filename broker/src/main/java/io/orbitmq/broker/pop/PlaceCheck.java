package io.orbitmq.broker.pop;

import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.store.LogQueue;
import io.orbitmq.transport.Connection;
import java.util.Optional;

/** Whether there is, or was, a message at a place a client names (protocol/08 sections 4 and 6). Safe for any thread. */
final class PlaceCheck {

    private final PopParts parts;

    PlaceCheck(PopParts parts) {
        this.parts = parts;
    }

    /** @param endIsFault whether the queue's end is a fault too */
    Refusal check(String topicName, int queueId, long offset, boolean endIsFault, Connection connection) {
        Optional<TopicConfig> topic = parts.topics().find(topicName);
        if (topic.isEmpty()) {
            return PopAdmission.topicMissing(topicName);
        }
        if (queueId < 0 || queueId >= topic.get().readQueues()) {
            return new Refusal(
                    ResponseCode.MESSAGE_ILLEGAL, PopAdmission.illegalQueue(topic.get(), queueId, connection));
        }
        LogQueue queue = parts.queues().queue(topic.get(), queueId);
        long min = queue.minOffset();
        long max = queue.maxOffset();
        return offset < min || offset > max || endIsFault && offset == max
                ? new Refusal(
                        ResponseCode.NO_MESSAGE,
                        "offset is illegal, key:" + topicName + "@" + queueId + ", commit:" + offset + ", store:" + min
                                + "~" + max)
                : Refusal.NONE;
    }
}
