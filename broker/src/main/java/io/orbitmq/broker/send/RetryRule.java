package io.orbitmq.broker.send;

import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.QueueLocks;
import io.orbitmq.broker.group.RetryTopics;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.message.Names;

/**
 * What happens to a message that a consumer sends to its group's retry topic (protocol/04 section 4): it waits there for
 * another try, or is a dead letter when it was tried too often or the group consumes in order. Stateless.
 */
public final class RetryRule {

    /** Releases before 3.4.9 do not say how often they want to retry. */
    private static final int FIRST_VERSION_WITH_LIMIT = 121;

    private static final int DEFAULT_MAX_TIMES = 16;

    private final GroupConfigs groups;
    private final RetryTopics retryTopics;
    private final QueueLocks<MessageQueueKey> locks;

    public RetryRule(GroupConfigs groups, RetryTopics retryTopics, QueueLocks<MessageQueueKey> locks) {
        this.groups = groups;
        this.retryTopics = retryTopics;
        this.locks = locks;
    }

    /** Whether the group of the retry topic exists or may. */
    Refusal check(String retryTopic) {
        String group = Names.groupOfRetryTopic(retryTopic);
        return groups.findOrCreate(group).isPresent()
                ? Refusal.NONE
                : new Refusal(
                        ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                        "subscription group not exist, " + group + " " + Refusal.FAQ);
    }

    /** Whether the message is to become a dead letter. */
    boolean isGivenUp(Command request, ReceivedSend header) {
        String group = Names.groupOfRetryTopic(header.topic());
        boolean limitGiven = header.maxReconsumeTimes() >= 0 && request.version() >= FIRST_VERSION_WITH_LIMIT;
        int limit = limitGiven
                ? header.maxReconsumeTimes()
                : groups.find(group).map(GroupConfig::retryMaxTimes).orElse(DEFAULT_MAX_TIMES);
        return header.reconsumeTimes() > limit || locks.isLocked(group);
    }

    TopicConfig deadLetterTopic(String retryTopic) {
        return retryTopics.deadLetterTopic(Names.groupOfRetryTopic(retryTopic));
    }
}
