package io.orbitmq.broker.retry;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.delay.DelayedSends;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.RetryTopics;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.request.DurableAnswers;
import io.orbitmq.broker.topic.QueueHandles;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.store.MessageStore;

/**
 * What giving messages back works with.
 *
 * @param config current settings
 * @param groups settings of groups
 * @param retryTopics topics for another try
 * @param delays lets them wait
 * @param queues the store's queues of topics
 * @param store messages
 * @param durable answers that wait for the disk
 * @param address of this broker
 * @param traffic told what was given back
 */
public record SendBackParts(
        LiveConfig config,
        GroupConfigs groups,
        RetryTopics retryTopics,
        DelayedSends delays,
        QueueHandles queues,
        MessageStore store,
        DurableAnswers durable,
        AdvertisedAddress address,
        TrafficRecorder traffic) {

    /** Releases before 3.4.9 do not say how often they want to retry. */
    static final int FIRST_VERSION_WITH_LIMIT = 121;
}
