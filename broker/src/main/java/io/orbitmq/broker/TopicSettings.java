package io.orbitmq.broker;

/**
 * What topics exist and may be created.
 *
 * @param autoCreate [autoCreateTopicEnable] unknown topics are created from the template TBW102 on send
 * @param templateQueues [defaultTopicQueueNums] queues of the template
 * @param clusterTopicWritable [clusterTopicEnable] the topic named like the cluster can be sent to and inherited from
 * @param brokerTopicWritable [brokerTopicEnable] the same for the topic named like the broker
 * @param traceTopic [traceTopicEnable] create the trace topic at start
 * @param traceTopicName [msgTraceTopicName]
 * @param brokerPermission [brokerPermission] 4 read, 2 write, 6 both
 * @param protectSystemTopics [validateSystemTopicWhenUpdateTopic] administration must not touch system topics
 * @param clearRetryTopicOnDelete [clearRetryTopicWhenDeleteTopic]
 */
public record TopicSettings(
        boolean autoCreate,
        int templateQueues,
        boolean clusterTopicWritable,
        boolean brokerTopicWritable,
        boolean traceTopic,
        String traceTopicName,
        int brokerPermission,
        boolean protectSystemTopics,
        boolean clearRetryTopicOnDelete) {

    private static final int READ = 4;
    private static final int WRITE = 2;

    public TopicSettings {
        Check.range("defaultTopicQueueNums", templateQueues, 1, 65535);
        Check.name("msgTraceTopicName", traceTopicName);
        Check.range("brokerPermission", brokerPermission, 0, 7);
    }

    public static TopicSettings defaults() {
        return new TopicSettings(true, 8, true, true, false, "RMQ_SYS_TRACE_TOPIC", READ | WRITE, true, true);
    }

    public boolean brokerReadable() {
        return (brokerPermission & READ) != 0;
    }

    public boolean brokerWritable() {
        return (brokerPermission & WRITE) != 0;
    }

    public TopicSettings withAutoCreate(boolean changed) {
        return new TopicSettings(
                changed,
                templateQueues,
                clusterTopicWritable,
                brokerTopicWritable,
                traceTopic,
                traceTopicName,
                brokerPermission,
                protectSystemTopics,
                clearRetryTopicOnDelete);
    }

    public TopicSettings withBrokerPermission(int changed) {
        return new TopicSettings(
                autoCreate,
                templateQueues,
                clusterTopicWritable,
                brokerTopicWritable,
                traceTopic,
                traceTopicName,
                changed,
                protectSystemTopics,
                clearRetryTopicOnDelete);
    }
}
