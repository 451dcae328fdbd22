package io.orbitmq.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.orbitmq.foundation.config.ConfigException;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.protocol.body.group.RequestMode;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.StoreConfig.FlushMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BrokerKeysTest {

    private static final Path ROOT = Path.of("data");
    private static final BrokerDefaults MACHINE = new BrokerDefaults("host-1", "10.1.2.3", ROOT, "ns1:9876;ns2:9876");

    private static final String EVERY_KEY = """
            brokerClusterName=c
            brokerName=b
            brokerId=0
            brokerIP1=1.2.3.4
            regionId=r
            bindAddress=127.0.0.1
            listenPort=20911
            vipListenerEnabled=false
            serverSelectorThreads=2
            busyPollMicros=20
            serverChannelMaxIdleTimeSeconds=60
            frameMaxLength=8m
            namesrvAddr= a:1 ; b:2 ;
            registerNameServerPeriod=15000
            registerBrokerTimeoutMills=3000
            autoCreateTopicEnable=false
            defaultTopicQueueNums=16
            clusterTopicEnable=false
            brokerTopicEnable=false
            traceTopicEnable=true
            msgTraceTopicName=T
            brokerPermission=4
            validateSystemTopicWhenUpdateTopic=false
            clearRetryTopicWhenDeleteTopic=false
            autoCreateSubscriptionGroup=false
            enableCreateSysGroup=false
            notifyConsumerIdsChangedEnable=false
            enableRegisterProducer=false
            channelExpiredTimeout=90000
            rocketmq.broker.rebalance.lockMaxLiveTime=30000
            serverLoadBalancerEnable=false
            defaultMessageRequestMode=POP
            defaultPopShareQueueNum=3
            traceOn=false
            rejectTransactionMessage=true
            startAcceptSendRequestTimeStamp=1700000000000
            storeReplyMessageEnable=false
            sendDedupEnable=false
            sendDedupWindow=30s
            sendDedupCloseWindow=4000
            sendDedupSlowAnswer=1500
            sendDedupMaxSends=1024
            transactionTimeOut=7000
            transactionCheckMax=3
            transactionCheckInterval=10000
            longPollingEnable=false
            shortPollingTimeMills=200
            maxHeldPulls=10
            litePullMessageEnable=false
            enablePropertyFilter=false
            useServerSideResetOffset=false
            maxTransferCountOnMessageInMemory=64
            maxTransferBytesOnMessageInMemory=1m
            reviveQueueNum=4
            popPollingSize=10
            maxPopPollingSize=20
            popFromRetryProbability=50
            enableRetryTopicV2=true
            retrieveMessageFromPopRetryTopicV1=false
            popResponseReturnActualRetryTopic=true
            initPopOffsetByCheckMsgInMem=false
            enablePopMessageThreshold=true
            popInflightMessageThreshold=30
            flushConsumerOffsetInterval=5000
            messageDelayLevel=1s 2h
            timerWheelEnable=false
            timerMaxDelaySec=3600
            recallMessageEnable=false
            storePathRootDir=/s
            storePathCommitLog=/log
            mappedFileSizeCommitLog=64m
            flushDiskType=ASYNC_FLUSH
            flushIntervalCommitLog=100
            syncFlushTimeout=1000
            maxMessageSize=1048576
            fileReservedTime=48
            fileReservedSize=1g
            deleteWhen=03;15
            diskMaxUsedSpaceRatio=70
            diskSpaceCleanForciblyRatio=80
            diskSpaceWarningLevelRatio=85
            cleanFileForciblyEnable=false
            messageIndexEnable=false
            checkpointInterval=5s
            """;

    @Test
    void anEmptyFileGivesTheDefaultsOfTheComponentsOnThisMachine() {
        LoadedConfig<BrokerConfig> loaded = BrokerKeys.load(Settings.none(), MACHINE);

        assertThat(loaded.config())
                .isEqualTo(BrokerConfig.defaults(ROOT)
                        .withIdentity(new BrokerIdentity("DefaultCluster", "host-1", 0, "10.1.2.3", "DefaultRegion"))
                        .withNameservers(NameserverSettings.defaults().withAddresses(List.of("ns1:9876", "ns2:9876"))));
        assertThat(loaded.config().store().flushMode()).isEqualTo(FlushMode.SYNC_FLUSH);
        assertThat(loaded.advice()).isEmpty();
    }

    @Test
    void mapsEveryKey() throws IOException {
        LoadedConfig<BrokerConfig> loaded = BrokerKeys.load(Settings.parse(EVERY_KEY, "broker.conf"), MACHINE);

        assertThat(loaded.advice()).isEmpty();
        assertThat(loaded.config())
                .isEqualTo(new BrokerConfig(
                        new BrokerIdentity("c", "b", 0, "1.2.3.4", "r"),
                        new NetworkSettings("127.0.0.1", 20911, false, 2, 20, Duration.ofSeconds(60), 8 << 20),
                        new NameserverSettings(List.of("a:1", "b:2"), Duration.ofSeconds(15), Duration.ofSeconds(3)),
                        new TopicSettings(false, 16, false, false, true, "T", 4, false, false),
                        new GroupSettings(
                                false,
                                false,
                                false,
                                false,
                                Duration.ofSeconds(90),
                                GroupSettings.defaults().expiryScan(),
                                Duration.ofSeconds(30),
                                new AssignmentSettings(false, RequestMode.POP, 3)),
                        new SendSettings(
                                false,
                                true,
                                1700000000000L,
                                false,
                                1 << 20,
                                new DuplicateSettings(
                                        false,
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(4),
                                        Duration.ofMillis(1500),
                                        1024)),
                        new PullSettings(false, Duration.ofMillis(200), 10, false, false, false, 64, 1 << 20),
                        new PopSettings(4, 10, 20, 50, true, false, true, false, true, 30),
                        new OffsetSettings(Duration.ofSeconds(5)),
                        new DelaySettings(
                                List.of(Duration.ofSeconds(1), Duration.ofHours(2)), false, Duration.ofHours(1), false),
                        new TransactionSettings(Duration.ofSeconds(7), 3, Duration.ofSeconds(10)),
                        new StoreConfig(
                                Path.of("/s"),
                                Path.of("/log"),
                                64 << 20,
                                FlushMode.ASYNC_FLUSH,
                                Duration.ofMillis(100),
                                Duration.ofSeconds(1),
                                Duration.ofHours(48),
                                1 << 30,
                                "03;15",
                                70,
                                80,
                                85,
                                false,
                                false,
                                Duration.ofSeconds(5))));
    }

    @Test
    void theEffectiveSettingsReadBackToTheSameConfig() throws IOException {
        LoadedConfig<BrokerConfig> loaded = BrokerKeys.load(Settings.none(), MACHINE);

        BrokerConfig again = BrokerKeys.load(Settings.parse(loaded.asProperties(), "printed"), MACHINE)
                .config();

        assertThat(again).isEqualTo(loaded.config());
    }

    @Test
    void aSeparateRootMovesTheLogWithIt() {
        StoreConfig store = BrokerKeys.load(Settings.of("storePathRootDir", "/s", "-p"), MACHINE)
                .config()
                .store();

        assertThat(store.commitLogDirectory()).isEqualTo(Path.of("/s", "commitlog"));
    }

    @Test
    void reportsFaultsOfAllComponentsTogether() throws IOException {
        Settings settings = Settings.parse("""
                brokerName=a/b
                listenPort=1
                namesrvAddr=localhost
                brokerPermission=9
                messageDelayLevel=1x
                deleteWhen=25
                flushDiskType=SOMETIMES
                storePathCommitLog=/a,/b
                brokerRole=SLAVE
                brokerId=1
                authenticationEnabled=true
                """, "broker.conf");

        assertThatThrownBy(() -> BrokerKeys.load(settings, MACHINE))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.faults()).hasSize(11))
                .hasMessageContaining("brokerName contains the character '/'")
                .hasMessageContaining("listenPort - 2 (VIP port) must be between")
                .hasMessageContaining("namesrvAddr must be a list of host:port")
                .hasMessageContaining("brokerPermission in broker.conf is '9'")
                .hasMessageContaining("messageDelayLevel must be a list like")
                .hasMessageContaining("deleteWhen is '25'")
                .hasMessageContaining("flushDiskType in broker.conf is 'SOMETIMES'")
                .hasMessageContaining("storePathCommitLog is '/a,/b'")
                .hasMessageContaining("brokerId is 1, which makes a slave")
                .hasMessageContaining("brokerRole=SLAVE (broker.conf) is not supported")
                .hasMessageContaining("authenticationEnabled=true (broker.conf) is not supported");
    }

    @Test
    void takesALimitOfTwoSegmentsAndRefusesLess() throws IOException {
        Settings twoSegments = Settings.parse("mappedFileSizeCommitLog=64m\nfileReservedSize=128m", "broker.conf");
        Settings less = Settings.parse("fileReservedSize=2147483647", "broker.conf");

        assertThat(BrokerKeys.load(twoSegments, MACHINE).config().store().maxLogBytes())
                .isEqualTo(128 << 20);
        assertThatThrownBy(() -> BrokerKeys.load(less, MACHINE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "fileReservedSize is 2147483647 bytes, expected 0 (no limit) or at least 2147483648")
                .hasMessageContaining("mappedFileSizeCommitLog");
    }

    @Test
    void aLimitOfTheLogIsANumberOfBytes() throws IOException {
        Settings settings = Settings.parse("fileReservedSize=-1", "broker.conf");

        assertThatThrownBy(() -> BrokerKeys.load(settings, MACHINE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("fileReservedSize in broker.conf is '-1', expected a number of bytes from 0");
    }

    @Test
    void acceptsATypicalRocketMqFileAndSaysWhatDoesNothing() throws IOException {
        Settings settings = Settings.parse("""
                brokerClusterName = DefaultCluster
                brokerName = broker-a
                brokerId = 0
                deleteWhen = 04
                fileReservedTime = 48
                brokerRole = ASYNC_MASTER
                flushDiskType = ASYNC_FLUSH
                sendMessageThreadPoolNums = 16
                waitTimeMillsInSendQueue = 500
                transientStorePoolEnable = true
                autoCreateTopicEnabel = false
                """, "broker.conf");

        LoadedConfig<BrokerConfig> loaded = BrokerKeys.load(settings, MACHINE);

        assertThat(loaded.advice())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("sendMessageThreadPoolNums=16 (broker.conf) has no effect:"))
                .anyMatch(line -> line.startsWith("waitTimeMillsInSendQueue=500 (broker.conf) has no effect:"))
                .anyMatch(line -> line.startsWith("transientStorePoolEnable=true (broker.conf) has no effect:"))
                .anyMatch(line -> line.endsWith("Did you mean autoCreateTopicEnable?"));
    }

    @Test
    void noKeyIsBothAppliedAndListedAsWithoutEffect() {
        assertThat(BrokerKeys.load(Settings.none(), MACHINE).effective().keySet())
                .doesNotContainAnyElementsOf(BrokerKeys.catalogue().keys());
    }
}
