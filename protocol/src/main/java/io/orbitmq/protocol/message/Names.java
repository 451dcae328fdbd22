package io.orbitmq.protocol.message;

import java.util.Optional;
import java.util.Set;

/** Rules for names of topics and groups, and the names that the system keeps for itself (protocol/03 section 10). */
public final class Names {

    public static final String RETRY_PREFIX = "%RETRY%";
    public static final String DLQ_PREFIX = "%DLQ%";
    public static final String SYSTEM_PREFIX = "rmq_sys_";
    public static final String SYSTEM_GROUP_PREFIX = "CID_RMQ_SYS_";
    public static final String REPLY_SUFFIX = "_REPLY_TOPIC";

    public static final String AUTO_CREATE_TOPIC = "TBW102";
    public static final String SCHEDULE_TOPIC = "SCHEDULE_TOPIC_XXXX";
    public static final String BENCHMARK_TOPIC = "BenchmarkTest";
    public static final String SELF_TEST_TOPIC = "SELF_TEST_TOPIC";
    public static final String OFFSET_MOVED_TOPIC = "OFFSET_MOVED_EVENT";
    public static final String HALF_TOPIC = "RMQ_SYS_TRANS_HALF_TOPIC";
    public static final String OP_HALF_TOPIC = "RMQ_SYS_TRANS_OP_HALF_TOPIC";
    public static final String TRANSACTION_GIVEN_UP_TOPIC = "TRANS_CHECK_MAX_TIME_TOPIC";
    public static final String TRACE_TOPIC = "RMQ_SYS_TRACE_TOPIC";
    public static final String TIMER_TOPIC = "rmq_sys_wheel_timer";
    public static final String CHECKPOINT_TOPIC = "CHECKPOINT_TOPIC";
    public static final String SYNC_MEMBER_PREFIX = "rmq_sys_SYNC_BROKER_MEMBER_";
    public static final String REVIVE_PREFIX = "rmq_sys_REVIVE_LOG_";

    /** The producer group every client announces. */
    public static final String CLIENT_INNER_PRODUCER = "CLIENT_INNER_PRODUCER";

    public static final int MAX_TOPIC_CHARS = 127;
    public static final int MAX_GROUP_CHARS = 255;

    private static final Set<String> SYSTEM_TOPICS = Set.of(
            AUTO_CREATE_TOPIC,
            SCHEDULE_TOPIC,
            BENCHMARK_TOPIC,
            SELF_TEST_TOPIC,
            OFFSET_MOVED_TOPIC,
            HALF_TOPIC,
            OP_HALF_TOPIC,
            TRANSACTION_GIVEN_UP_TOPIC,
            TRACE_TOPIC,
            CHECKPOINT_TOPIC);
    private static final Set<String> CLOSED_TOPICS = Set.of(
            SCHEDULE_TOPIC, SELF_TEST_TOPIC, OFFSET_MOVED_TOPIC, HALF_TOPIC, OP_HALF_TOPIC, TRANSACTION_GIVEN_UP_TOPIC);

    private Names() {}

    /** What is wrong with a topic's name, in the server's words (code 29); empty when nothing is. */
    public static Optional<String> topicFault(String topic) {
        if (topic.isBlank()) {
            return Optional.of("The specified topic is blank.");
        }
        if (!hasAllowedCharacters(topic)) {
            return Optional.of("The specified topic contains illegal characters, allowing only ^[%|a-zA-Z0-9_-]+$");
        }
        return topic.length() > MAX_TOPIC_CHARS
                ? Optional.of("The specified topic is longer than topic max length.")
                : Optional.empty();
    }

    /** Whether a group may bear this name. */
    public static boolean isGroupName(String group) {
        return !group.isEmpty() && group.length() <= MAX_GROUP_CHARS && hasAllowedCharacters(group);
    }

    /** The topic that a group's messages wait in for another try. */
    public static String retryTopic(String group) {
        return RETRY_PREFIX + group;
    }

    /** The topic that holds the messages a group gave up on. */
    public static String dlqTopic(String group) {
        return DLQ_PREFIX + group;
    }

    public static boolean isRetryTopic(String topic) {
        return topic.startsWith(RETRY_PREFIX);
    }

    /** The group of a retry topic, also of pop's {@code %RETRY%group+topic}. */
    public static String groupOfRetryTopic(String topic) {
        int plus = topic.indexOf('+');
        return topic.substring(RETRY_PREFIX.length(), plus < 0 ? topic.length() : plus);
    }

    /** Whether a topic belongs to the system under any cluster or broker name. */
    public static boolean isSystemTopic(String topic) {
        return SYSTEM_TOPICS.contains(topic) || topic.startsWith(SYSTEM_PREFIX);
    }

    /** Whether clients may not send to this topic. */
    public static boolean isForbiddenToSend(String topic) {
        return CLOSED_TOPICS.contains(topic);
    }

    private static boolean hasAllowedCharacters(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '%'
                    || c == '|'
                    || c == '_'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
