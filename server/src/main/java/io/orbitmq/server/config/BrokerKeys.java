package io.orbitmq.server.config;

import io.orbitmq.broker.AssignmentSettings;
import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.BrokerIdentity;
import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.DuplicateSettings;
import io.orbitmq.broker.GroupSettings;
import io.orbitmq.broker.NameserverSettings;
import io.orbitmq.broker.NetworkSettings;
import io.orbitmq.broker.OffsetSettings;
import io.orbitmq.broker.PopSettings;
import io.orbitmq.broker.PullSettings;
import io.orbitmq.broker.SendSettings;
import io.orbitmq.broker.TopicSettings;
import io.orbitmq.broker.TransactionSettings;
import io.orbitmq.foundation.config.KeyCatalogue;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.config.SettingsReader;
import io.orbitmq.protocol.body.group.RequestMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Maps broker.conf to a {@link BrokerConfig}. Keys and meanings: protocol/15 section 4. Stateless. */
public final class BrokerKeys {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int LARGEST_BODY_BYTES = 512 * 1024 * 1024;
    private static final long MASTER_ID = 0;
    private static final String NAMESERVERS = "namesrvAddr";

    private BrokerKeys() {}

    /**
     * Reads and checks everything.
     *
     * @throws io.orbitmq.foundation.config.ConfigException listing all faults
     */
    public static LoadedConfig<BrokerConfig> load(Settings settings, BrokerDefaults machine) {
        SettingsReader reader = new SettingsReader(settings);
        BrokerConfig otherwise = BrokerConfig.defaults(machine.storeRoot());
        BrokerConfig config = new BrokerConfig(
                checked(reader, otherwise.identity(), () -> identity(reader, otherwise.identity(), machine)),
                checked(reader, otherwise.network(), () -> network(reader, otherwise.network())),
                checked(reader, otherwise.nameservers(), () -> nameservers(reader, otherwise.nameservers(), machine)),
                checked(reader, otherwise.topics(), () -> topics(reader, otherwise.topics())),
                checked(reader, otherwise.groups(), () -> groups(reader, otherwise.groups())),
                checked(reader, otherwise.sends(), () -> sends(reader, otherwise.sends())),
                checked(reader, otherwise.pulls(), () -> pulls(reader, otherwise.pulls())),
                checked(reader, otherwise.pops(), () -> pops(reader, otherwise.pops())),
                checked(reader, otherwise.offsets(), () -> offsets(reader, otherwise.offsets())),
                checked(reader, otherwise.delays(), () -> delays(reader, otherwise.delays())),
                checked(reader, otherwise.transactions(), () -> transactions(reader, otherwise.transactions())),
                checked(reader, otherwise.store(), () -> StoreKeys.read(reader, machine.storeRoot())));
        List<String> advice = reader.finish(catalogue());
        return new LoadedConfig<>(config, reader.effective(), advice);
    }

    /** The keys that are known and not applied. */
    static KeyCatalogue catalogue() {
        return CatalogueText.read("broker-keys.txt");
    }

    private static BrokerIdentity identity(SettingsReader reader, BrokerIdentity otherwise, BrokerDefaults machine) {
        return new BrokerIdentity(
                reader.text("brokerClusterName", otherwise.clusterName()),
                reader.text("brokerName", machine.brokerName()),
                masterId(reader),
                reader.text("brokerIP1", machine.advertisedHost()),
                reader.text("regionId", otherwise.regionId()));
    }

    private static long masterId(SettingsReader reader) {
        long id = reader.whole("brokerId", MASTER_ID, 0, Long.MAX_VALUE);
        if (id != MASTER_ID) {
            reader.fault("brokerId is " + id + ", which makes a slave, and replication is not part of this release."
                    + " Set brokerId=0, or keep the slave on RocketMQ.");
        }
        return MASTER_ID;
    }

    private static NetworkSettings network(SettingsReader reader, NetworkSettings otherwise) {
        return new NetworkSettings(
                reader.text("bindAddress", otherwise.bindAddress()),
                reader.number("listenPort", otherwise.listenPort(), 0, 65535),
                reader.flag("vipListenerEnabled", otherwise.vipListenerEnabled()),
                reader.number("serverSelectorThreads", otherwise.eventLoopThreads(), 0, 1024),
                reader.number("busyPollMicros", otherwise.busyPollMicros(), 0, 1000),
                reader.duration("serverChannelMaxIdleTimeSeconds", SECOND, otherwise.maxIdle(), SECOND, LONGEST),
                (int) reader.sizeBytes("frameMaxLength", otherwise.maxFrameBytes(), 1024, Integer.MAX_VALUE));
    }

    private static NameserverSettings nameservers(
            SettingsReader reader, NameserverSettings otherwise, BrokerDefaults machine) {
        List<String> addresses = Arrays.stream(
                        reader.text(NAMESERVERS, machine.nameservers()).split(";"))
                .map(String::trim)
                .filter(address -> !address.isEmpty())
                .toList();
        return new NameserverSettings(
                addresses,
                Duration.ofMillis(reader.clamped(
                        "registerNameServerPeriod",
                        (int) otherwise.registerPeriod().toMillis(),
                        10_000,
                        60_000)),
                reader.duration(
                        "registerBrokerTimeoutMills", MILLISECOND, otherwise.registerTimeout(), MILLISECOND, LONGEST));
    }

    private static TopicSettings topics(SettingsReader reader, TopicSettings otherwise) {
        return new TopicSettings(
                reader.flag("autoCreateTopicEnable", otherwise.autoCreate()),
                reader.number("defaultTopicQueueNums", otherwise.templateQueues(), 1, 65535),
                reader.flag("clusterTopicEnable", otherwise.clusterTopicWritable()),
                reader.flag("brokerTopicEnable", otherwise.brokerTopicWritable()),
                reader.flag("traceTopicEnable", otherwise.traceTopic()),
                reader.text("msgTraceTopicName", otherwise.traceTopicName()),
                reader.number("brokerPermission", otherwise.brokerPermission(), 0, 7),
                reader.flag("validateSystemTopicWhenUpdateTopic", otherwise.protectSystemTopics()),
                reader.flag("clearRetryTopicWhenDeleteTopic", otherwise.clearRetryTopicOnDelete()));
    }

    private static GroupSettings groups(SettingsReader reader, GroupSettings otherwise) {
        return new GroupSettings(
                reader.flag("autoCreateSubscriptionGroup", otherwise.autoCreate()),
                reader.flag("enableCreateSysGroup", otherwise.systemGroups()),
                reader.flag("notifyConsumerIdsChangedEnable", otherwise.notifyChanges()),
                reader.flag("enableRegisterProducer", otherwise.registerProducers()),
                reader.duration(
                        "channelExpiredTimeout", MILLISECOND, otherwise.connectionExpiry(), MILLISECOND, LONGEST),
                otherwise.expiryScan(),
                reader.duration(
                        "rocketmq.broker.rebalance.lockMaxLiveTime",
                        MILLISECOND,
                        otherwise.queueLockExpiry(),
                        MILLISECOND,
                        LONGEST),
                assignment(reader, otherwise.assignment()));
    }

    private static AssignmentSettings assignment(SettingsReader reader, AssignmentSettings otherwise) {
        return new AssignmentSettings(
                reader.flag("serverLoadBalancerEnable", otherwise.balance()),
                reader.oneOf("defaultMessageRequestMode", RequestMode.class, otherwise.defaultMode()),
                reader.number("defaultPopShareQueueNum", otherwise.defaultPopShare(), -1, Integer.MAX_VALUE));
    }

    private static SendSettings sends(SettingsReader reader, SendSettings otherwise) {
        return new SendSettings(
                reader.flag("traceOn", otherwise.traceOn()),
                reader.flag("rejectTransactionMessage", otherwise.rejectTransactions()),
                reader.whole("startAcceptSendRequestTimeStamp", otherwise.acceptFromMs(), 0, Long.MAX_VALUE),
                reader.flag("storeReplyMessageEnable", otherwise.storeReplies()),
                (int) reader.sizeBytes("maxMessageSize", otherwise.maxBodyBytes(), 1, LARGEST_BODY_BYTES),
                duplicates(reader, otherwise.duplicates()));
    }

    private static DuplicateSettings duplicates(SettingsReader reader, DuplicateSettings otherwise) {
        return new DuplicateSettings(
                reader.flag("sendDedupEnable", otherwise.enabled()),
                reader.duration("sendDedupWindow", MILLISECOND, otherwise.window(), MILLISECOND, LONGEST),
                reader.duration("sendDedupCloseWindow", MILLISECOND, otherwise.closeWindow(), MILLISECOND, LONGEST),
                reader.duration("sendDedupSlowAnswer", MILLISECOND, otherwise.slowAnswer(), MILLISECOND, LONGEST),
                reader.number("sendDedupMaxSends", otherwise.maxRemembered(), 64, 1 << 24));
    }

    private static PullSettings pulls(SettingsReader reader, PullSettings otherwise) {
        return new PullSettings(
                reader.flag("longPollingEnable", otherwise.longPolling()),
                reader.duration(
                        "shortPollingTimeMills", MILLISECOND, otherwise.shortPollingTime(), MILLISECOND, LONGEST),
                reader.number("maxHeldPulls", otherwise.maxHeldPulls(), 0, Integer.MAX_VALUE),
                reader.flag("litePullMessageEnable", otherwise.litePull()),
                reader.flag("enablePropertyFilter", otherwise.propertyFilter()),
                reader.flag("useServerSideResetOffset", otherwise.serverSideReset()),
                reader.number("maxTransferCountOnMessageInMemory", otherwise.maxAnswerCount(), 1, Integer.MAX_VALUE),
                (int) reader.sizeBytes(
                        "maxTransferBytesOnMessageInMemory", otherwise.maxAnswerBytes(), 1, 128 * 1024 * 1024));
    }

    private static PopSettings pops(SettingsReader reader, PopSettings otherwise) {
        return new PopSettings(
                reader.number("reviveQueueNum", otherwise.reviveQueues(), 1, 998),
                reader.number("popPollingSize", otherwise.maxHeldPerKey(), 0, Integer.MAX_VALUE),
                reader.number("maxPopPollingSize", otherwise.maxHeld(), 0, Integer.MAX_VALUE),
                reader.number("popFromRetryProbability", otherwise.retryFirstPercent(), 0, 100),
                reader.flag("enableRetryTopicV2", otherwise.retryTopicV2()),
                reader.flag("retrieveMessageFromPopRetryTopicV1", otherwise.readRetryV1()),
                reader.flag("popResponseReturnActualRetryTopic", otherwise.actualRetryTopic()),
                reader.flag("initPopOffsetByCheckMsgInMem", otherwise.startByYouth()),
                reader.flag("enablePopMessageThreshold", otherwise.limitInflight()),
                reader.number("popInflightMessageThreshold", otherwise.maxInflight(), 1, Integer.MAX_VALUE));
    }

    private static OffsetSettings offsets(SettingsReader reader, OffsetSettings otherwise) {
        return new OffsetSettings(reader.duration(
                "flushConsumerOffsetInterval", MILLISECOND, otherwise.commitInterval(), MILLISECOND, LONGEST));
    }

    private static DelaySettings delays(SettingsReader reader, DelaySettings otherwise) {
        DelaySettings levels = DelaySettings.parse(
                reader.text("messageDelayLevel", "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h"));
        return levels.withTimers(reader.flag("timerWheelEnable", otherwise.timers()))
                .withMaxDelay(reader.duration("timerMaxDelaySec", SECOND, otherwise.maxDelay(), SECOND, LONGEST))
                .withRecall(reader.flag("recallMessageEnable", otherwise.recall()));
    }

    private static TransactionSettings transactions(SettingsReader reader, TransactionSettings otherwise) {
        return new TransactionSettings(
                reader.duration("transactionTimeOut", MILLISECOND, otherwise.timeout(), MILLISECOND, LONGEST),
                reader.number("transactionCheckMax", otherwise.checkMax(), 1, 1_000_000),
                reader.duration(
                        "transactionCheckInterval", MILLISECOND, otherwise.checkInterval(), MILLISECOND, LONGEST));
    }

    /** A record that refuses its values adds a fault, so that the other records are still checked. */
    private static <T> T checked(SettingsReader reader, T otherwise, Supplier<T> component) {
        try {
            return component.get();
        } catch (IllegalArgumentException e) {
            reader.fault(e.getMessage() + ".");
            return otherwise;
        }
    }
}
