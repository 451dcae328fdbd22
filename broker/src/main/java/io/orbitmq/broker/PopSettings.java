package io.orbitmq.broker;

/**
 * Pop consumption (protocol/08 section 12).
 *
 * @param reviveQueues [reviveQueueNum] how many numbers the revive queue ids of receipt handles have
 * @param maxHeldPerKey [popPollingSize] most held requests of one group, topic and queue id
 * @param maxHeld [maxPopPollingSize] most held requests
 * @param retryFirstPercent [popFromRetryProbability] of how many pops in a hundred look at the retry topic first
 * @param retryTopicV2 [enableRetryTopicV2] whether retry topics are named {@code %RETRY%group+topic}
 * @param readRetryV1 [retrieveMessageFromPopRetryTopicV1] with V2, whether messages still in V1 topics are read
 * @param actualRetryTopic [popResponseReturnActualRetryTopic] whether retried messages show the retry topic
 * @param startByYouth [initPopOffsetByCheckMsgInMem] a group that starts at the end starts at 0 where a topic is young
 * @param limitInflight [enablePopMessageThreshold] whether {@code maxInflight} holds
 * @param maxInflight [popInflightMessageThreshold] a queue with more messages out is passed over
 */
public record PopSettings(
        int reviveQueues,
        int maxHeldPerKey,
        int maxHeld,
        int retryFirstPercent,
        boolean retryTopicV2,
        boolean readRetryV1,
        boolean actualRetryTopic,
        boolean startByYouth,
        boolean limitInflight,
        int maxInflight) {

    public PopSettings {
        Check.range("reviveQueueNum", reviveQueues, 1, 998);
        Check.range("popPollingSize", maxHeldPerKey, 0, Integer.MAX_VALUE);
        Check.range("maxPopPollingSize", maxHeld, 0, Integer.MAX_VALUE);
        Check.range("popFromRetryProbability", retryFirstPercent, 0, 100);
        Check.range("popInflightMessageThreshold", maxInflight, 1, Integer.MAX_VALUE);
    }

    public static PopSettings defaults() {
        return new PopSettings(8, 1024, 100_000, 20, false, true, false, true, false, 10_000);
    }

    public PopSettings withRetryTopicV2(boolean changed) {
        return new PopSettings(
                reviveQueues,
                maxHeldPerKey,
                maxHeld,
                retryFirstPercent,
                changed,
                readRetryV1,
                actualRetryTopic,
                startByYouth,
                limitInflight,
                maxInflight);
    }

    public PopSettings withHeld(int perKey, int all) {
        return new PopSettings(
                reviveQueues,
                perKey,
                all,
                retryFirstPercent,
                retryTopicV2,
                readRetryV1,
                actualRetryTopic,
                startByYouth,
                limitInflight,
                maxInflight);
    }

    public PopSettings withInflightLimit(int most) {
        return new PopSettings(
                reviveQueues,
                maxHeldPerKey,
                maxHeld,
                retryFirstPercent,
                retryTopicV2,
                readRetryV1,
                actualRetryTopic,
                startByYouth,
                true,
                most);
    }
}
