package io.orbitmq.nameserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.config.ConfigException;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameserverKeysTest {

    @TempDir
    private Path directory;

    @Test
    void defaultsAreRocketMqs() throws IOException {
        NameserverConfig config = load("").config();

        assertThat(config).isEqualTo(NameserverConfig.defaults(directory));
        assertThat(config.network().port()).isEqualTo(9876);
        assertThat(config.network().idle()).isEqualTo(Duration.ofSeconds(120));
        assertThat(config.brokers().scanInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.answers().orderTopicsToBrokers()).isTrue();
        assertThat(config.answers().warmUp()).isZero();
        assertThat(load("").advice()).isEmpty();
    }

    @Test
    void everyKeyReachesItsField() throws IOException {
        NameserverConfig config = load("bindAddress=127.0.0.1\nlistenPort=1\nserverSelectorThreads=2\n"
                        + "defaultThreadPoolNums=3\ndefaultThreadPoolQueueCapacity=4\nserverSocketBacklog=5\n"
                        + "serverChannelMaxIdleTimeSeconds=6\nenableShutdownGracefully=true\nshutdownWaitTimeSeconds=7\n"
                        + "kvConfigPath=/k\nconfigStorePath=/c\nscanNotActiveBrokerInterval=8\n"
                        + "unRegisterBrokerQueueCapacity=9\ndeleteTopicWithBrokerRegistration=true\n"
                        + "notifyMinBrokerIdChanged=true\nsupportActingMaster=true\norderMessageEnable=true\n"
                        + "returnOrderTopicConfigToBroker=false\nenableAllTopicList=false\nenableTopicList=false\n"
                        + "needWaitForService=true\nwaitSecondsForService=10\nconfigBlackList=x\n")
                .config();

        assertThat(config)
                .isEqualTo(new NameserverConfig(
                        new NameserverConfig.Network(
                                "127.0.0.1", 1, 2, 3, 4, 5, Duration.ofSeconds(6), Duration.ofSeconds(7)),
                        new NameserverConfig.Files(Path.of("/k"), Path.of("/c")),
                        new NameserverConfig.Brokers(Duration.ofMillis(8), 9, true, true),
                        new NameserverConfig.Answers(true, true, false, false, false, Duration.ofSeconds(10), "x")));
    }

    @Test
    void allFaultsAreToldTogetherAndUnknownKeysGetAdvice() throws IOException {
        assertThatThrownBy(() -> load("listenPort=x\nenableTopicList=maybe\nclusterTest=true"))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.faults()).hasSize(3));
        assertThat(load("listenPrt=1\nrocketmqHome=/x").advice()).hasSize(2);
    }

    @Test
    void printsEveryKeyInAlphabeticalOrder() throws IOException {
        assertThat(load("listenPort=1").asProperties().lines())
                .isSorted()
                .contains("listenPort=1", "enableTopicList=true", "kvConfigPath=" + directory.resolve("kvConfig.json"));
    }

    @Test
    void changesTakeEffectAndAreWrittenWithABackup() throws IOException {
        LiveConfig live = live();
        assertThat(live.update("enableTopicList=false\n")).isTrue();
        assertThat(live.update("enableAllTopicList=false\nunknown=1\nlistenPort=abc\nneedWaitForService=\n"))
                .isTrue();

        assertThat(live.current().answers().topicList()).isFalse();
        assertThat(live.current().answers().allTopicList()).isFalse();
        assertThat(live.current().network().port()).isEqualTo(9876);
        Path file = directory.resolve("namesrv.properties");
        assertThat(Files.readString(file)).isEqualTo(live.asProperties()).contains("enableTopicList=false\n");
        assertThat(Files.readString(file.resolveSibling("namesrv.properties.bak")))
                .contains("enableAllTopicList=true");
        assertThat(NameserverKeys.load(Settings.readFile(file), NameserverConfig.defaults(directory))
                        .config())
                .isEqualTo(live.current());
    }

    @Test
    void blackListedKeysChangeNothing() throws IOException {
        LiveConfig live = live();
        for (String key : new String[] {"kvConfigPath", "configStorePath", "configBlackList", "rocketmqHome"}) {
            assertThat(live.update("enableTopicList=false\n" + key + "=x")).isFalse();
        }
        assertThat(live.current()).isEqualTo(NameserverConfig.defaults(directory));
        assertThat(live.update("")).isTrue();
        assertThat(directory.resolve("namesrv.properties")).doesNotExist();
    }

    private LiveConfig live() throws IOException {
        return new LiveConfig(load(""), new SystemDisk());
    }

    private LoadedNameserver load(String text) throws IOException {
        return NameserverKeys.load(Settings.parse(text, "test"), NameserverConfig.defaults(directory));
    }
}
