package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Pulled;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.Sent;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** The library's types in the scenarios' words and back. */
final class Translated {

    private Translated() {}

    static Message toOfficial(Outgoing outgoing) {
        Message message = new Message(outgoing.topic(), outgoing.tag(), outgoing.keys(), outgoing.body());
        outgoing.properties().forEach((name, value) -> {
            if (name.equals(Outgoing.DELAY_LEVEL)) {
                message.setDelayTimeLevel(Integer.parseInt(value));
            } else if (name.equals(Outgoing.DELAY_MS)) {
                message.setDelayTimeMs(Long.parseLong(value));
            } else {
                message.putUserProperty(name, value);
            }
        });
        return message;
    }

    static MessageQueue toOfficial(Queue queue) {
        return new MessageQueue(queue.topic(), queue.broker(), queue.id());
    }

    static Queue queue(MessageQueue queue) {
        return new Queue(queue.getTopic(), queue.getBrokerName(), queue.getQueueId());
    }

    static List<Queue> queues(Iterable<MessageQueue> queues) {
        List<Queue> result = new java.util.ArrayList<>();
        queues.forEach(q -> result.add(queue(q)));
        return List.copyOf(result);
    }

    static Sent sent(SendResult result) {
        return new Sent(
                result.getSendStatus().name(),
                result.getMsgId(),
                String.valueOf(result.getOffsetMsgId()),
                queue(result.getMessageQueue()),
                result.getQueueOffset(),
                String.valueOf(result.getTransactionId()),
                String.valueOf(result.getRegionId()),
                result.isTraceOn(),
                Variations.recallHandle(result));
    }

    static List<Received> received(List<MessageExt> messages) {
        return messages == null
                ? List.of()
                : messages.stream().map(Translated::received).toList();
    }

    static Received received(MessageExt message) {
        return new Received(
                new Queue(message.getTopic(), String.valueOf(message.getBrokerName()), message.getQueueId()),
                message.getQueueOffset(),
                message.getMsgId(),
                message.getTags() == null ? "" : message.getTags(),
                message.getKeys() == null ? "" : message.getKeys(),
                message.getBody(),
                Map.copyOf(message.getProperties()),
                new Received.Origin(
                        offsetMessageId(message),
                        message.getBornTimestamp(),
                        message.getStoreTimestamp(),
                        String.valueOf(message.getBornHost()),
                        String.valueOf(message.getStoreHost()),
                        message.getSysFlag(),
                        message.getReconsumeTimes(),
                        message.getStoreSize()));
    }

    /** The library hides the broker's id behind the unique key; its own text form still shows it. */
    private static String offsetMessageId(MessageExt message) {
        return message instanceof org.apache.rocketmq.common.message.MessageClientExt ext
                ? ext.getOffsetMsgId()
                : message.getMsgId();
    }

    static Pulled pulled(PullResult result) {
        return new Pulled(
                result.getPullStatus().name(),
                result.getNextBeginOffset(),
                result.getMinOffset(),
                result.getMaxOffset(),
                received(result.getMsgFoundList()));
    }
}
