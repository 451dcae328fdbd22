package io.orbitmq.broker.pop;

import io.orbitmq.protocol.header.pop.ReceiptHandle;
import io.orbitmq.protocol.message.Names;

/**
 * Names of the topics that messages wait in that a group popped and did not acknowledge (protocol/08 section 7). Pure
 * functions.
 */
final class PopRetryTopic {

    private static final char V1 = '_';
    private static final char V2 = '+';

    private PopRetryTopic() {}

    /** @param v2 which of the two kinds */
    static String of(String group, String topic, boolean v2) {
        return Names.RETRY_PREFIX + group + (v2 ? V2 : V1) + topic;
    }

    /** Retry flag of receipt handles for a topic that the group reads. */
    static int flagOf(String group, String topic) {
        int at = Names.RETRY_PREFIX.length() + group.length();
        if (topic.length() <= at + 1 || !topic.startsWith(Names.RETRY_PREFIX) || !isGroupOf(topic, group)) {
            return ReceiptHandle.NORMAL_TOPIC;
        }
        return switch (topic.charAt(at)) {
            case V1 -> ReceiptHandle.RETRY_V1;
            case V2 -> ReceiptHandle.RETRY_V2;
            default -> ReceiptHandle.NORMAL_TOPIC;
        };
    }

    /** The topic that messages of a topic the group reads were sent to. */
    static String normalTopic(String group, String topic) {
        return flagOf(group, topic) == ReceiptHandle.NORMAL_TOPIC
                ? topic
                : topic.substring(Names.RETRY_PREFIX.length() + group.length() + 1);
    }

    /** The topic that a receipt handle with this retry flag means. */
    static String real(String group, String topic, int flag) {
        return flag == ReceiptHandle.NORMAL_TOPIC ? topic : of(group, topic, flag == ReceiptHandle.RETRY_V2);
    }

    private static boolean isGroupOf(String topic, String group) {
        return topic.startsWith(group, Names.RETRY_PREFIX.length());
    }
}
