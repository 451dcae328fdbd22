package io.orbitmq.broker.manage.broker;

import io.orbitmq.broker.AssignmentSettings;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.DuplicateSettings;
import io.orbitmq.broker.GroupSettings;
import io.orbitmq.broker.PullSettings;
import io.orbitmq.broker.SendSettings;
import io.orbitmq.broker.TopicSettings;
import io.orbitmq.broker.TransactionSettings;
import io.orbitmq.foundation.config.SettingsReader;
import io.orbitmq.protocol.body.group.RequestMode;
import java.time.Duration;

/**
 * The keys of broker.conf that take effect while the broker runs (protocol/15 section 4, column R): handlers look at them
 * at every request. Stateless.
 */
final class LiveKeys {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int MOST_ANSWER_BYTES = 128 * 1024 * 1024;

    private LiveKeys() {}

    /** The settings with what the reader has; the reader then knows the live keys and their values. */
    static BrokerConfig apply(BrokerConfig now, SettingsReader reader) {
        return now.withTopics(topics(now.topics(), reader))
                .withGroups(groups(now.groups(), reader))
                .withSends(sends(now.sends(), reader))
                .withPulls(pulls(now.pulls(), reader))
                .withTransactions(transactions(now.transactions(), reader));
    }

    private static TopicSettings topics(TopicSettings now, SettingsReader reader) {
        return new TopicSettings(
                now.autoCreate(),
                now.templateQueues(),
                now.clusterTopicWritable(),
                now.brokerTopicWritable(),
                now.traceTopic(),
                now.traceTopicName(),
                reader.number("brokerPermission", now.brokerPermission(), 0, 7),
                reader.flag("validateSystemTopicWhenUpdateTopic", now.protectSystemTopics()),
                reader.flag("clearRetryTopicWhenDeleteTopic", now.clearRetryTopicOnDelete()));
    }

    private static GroupSettings groups(GroupSettings now, SettingsReader reader) {
        return new GroupSettings(
                reader.flag("autoCreateSubscriptionGroup", now.autoCreate()),
                reader.flag("enableCreateSysGroup", now.systemGroups()),
                reader.flag("notifyConsumerIdsChangedEnable", now.notifyChanges()),
                reader.flag("enableRegisterProducer", now.registerProducers()),
                now.connectionExpiry(),
                now.expiryScan(),
                now.queueLockExpiry(),
                assignment(now.assignment(), reader));
    }

    private static AssignmentSettings assignment(AssignmentSettings now, SettingsReader reader) {
        return new AssignmentSettings(
                reader.flag("serverLoadBalancerEnable", now.balance()),
                reader.oneOf("defaultMessageRequestMode", RequestMode.class, now.defaultMode()),
                reader.number("defaultPopShareQueueNum", now.defaultPopShare(), -1, Integer.MAX_VALUE));
    }

    private static SendSettings sends(SendSettings now, SettingsReader reader) {
        return new SendSettings(
                reader.flag("traceOn", now.traceOn()),
                reader.flag("rejectTransactionMessage", now.rejectTransactions()),
                reader.whole("startAcceptSendRequestTimeStamp", now.acceptFromMs(), 0, Long.MAX_VALUE),
                reader.flag("storeReplyMessageEnable", now.storeReplies()),
                now.maxBodyBytes(),
                new DuplicateSettings(
                        reader.flag("sendDedupEnable", now.duplicates().enabled()),
                        reader.duration(
                                "sendDedupWindow", MILLISECOND, now.duplicates().window(), MILLISECOND, LONGEST),
                        reader.duration(
                                "sendDedupCloseWindow",
                                MILLISECOND,
                                now.duplicates().closeWindow(),
                                MILLISECOND,
                                LONGEST),
                        now.duplicates().slowAnswer(),
                        now.duplicates().maxRemembered()));
    }

    private static TransactionSettings transactions(TransactionSettings now, SettingsReader reader) {
        return new TransactionSettings(
                reader.duration("transactionTimeOut", MILLISECOND, now.timeout(), MILLISECOND, LONGEST),
                reader.number("transactionCheckMax", now.checkMax(), 1, 1_000_000),
                reader.duration("transactionCheckInterval", MILLISECOND, now.checkInterval(), MILLISECOND, LONGEST));
    }

    private static PullSettings pulls(PullSettings now, SettingsReader reader) {
        return new PullSettings(
                reader.flag("longPollingEnable", now.longPolling()),
                reader.duration("shortPollingTimeMills", MILLISECOND, now.shortPollingTime(), MILLISECOND, LONGEST),
                now.maxHeldPulls(),
                reader.flag("litePullMessageEnable", now.litePull()),
                reader.flag("enablePropertyFilter", now.propertyFilter()),
                reader.flag("useServerSideResetOffset", now.serverSideReset()),
                reader.number("maxTransferCountOnMessageInMemory", now.maxAnswerCount(), 1, Integer.MAX_VALUE),
                (int) reader.sizeBytes(
                        "maxTransferBytesOnMessageInMemory", now.maxAnswerBytes(), 1, MOST_ANSWER_BYTES));
    }
}
