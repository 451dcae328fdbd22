package io.orbitmq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BrokerConfigTest {

    private static final BrokerConfig DEFAULTS = BrokerConfig.defaults(Path.of("store"));

    @Test
    void defaultsAreThoseOfTheProtocolPage() {
        assertThat(DEFAULTS.identity())
                .isEqualTo(new BrokerIdentity("DefaultCluster", "broker-a", 0, "127.0.0.1", "DefaultRegion"));
        assertThat(DEFAULTS.network().listenPort()).isEqualTo(10911);
        assertThat(DEFAULTS.network().vipPort()).isEqualTo(10909);
        assertThat(DEFAULTS.network().maxIdle()).isEqualTo(Duration.ofSeconds(120));
        assertThat(DEFAULTS.nameservers().registerPeriod()).isEqualTo(Duration.ofSeconds(30));
        assertThat(DEFAULTS.topics().templateQueues()).isEqualTo(8);
        assertThat(DEFAULTS.topics().autoCreate()).isTrue();
        assertThat(DEFAULTS.topics().brokerPermission()).isEqualTo(6);
        assertThat(DEFAULTS.groups().connectionExpiry()).isEqualTo(Duration.ofSeconds(120));
        assertThat(DEFAULTS.groups().queueLockExpiry()).isEqualTo(Duration.ofSeconds(60));
        assertThat(DEFAULTS.sends()).isEqualTo(new SendSettings(true, false, 0, true));
        assertThat(DEFAULTS.transactions())
                .isEqualTo(new TransactionSettings(Duration.ofSeconds(6), 15, Duration.ofSeconds(30)));
        assertThat(DEFAULTS.pulls().propertyFilter()).isTrue();
        assertThat(DEFAULTS.delays().levels()).hasSize(18).startsWith(Duration.ofSeconds(1));
        assertThat(DEFAULTS.delays().levels().get(17)).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void registerPeriodIsClampedToTenToSixtySeconds() {
        assertThat(period(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(10));
        assertThat(period(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(60));
        assertThat(period(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void wrongSettingsSayTheKeyAndWhatWasFound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.nameservers().withAddresses(List.of("localhost")))
                .withMessageContaining("namesrvAddr")
                .withMessageContaining("'localhost'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkSettings("0.0.0.0", 1, true, 0, 0, Duration.ofSeconds(1), 4096))
                .withMessageContaining("VIP");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BrokerIdentity("c", "broker a", 0, "h", "r"))
                .withMessageContaining("brokerName");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DelaySettings.parse("1s 5x"))
                .withMessageContaining("'5x'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BrokerIdentity("c", "b", -1, "h", "r"))
                .withMessageContaining("brokerId");
    }

    @Test
    void changesReplaceOnePartAndKeepTheRest() {
        LiveConfig live = new LiveConfig(DEFAULTS);

        live.update(config -> config.withTopics(config.topics().withAutoCreate(false)));

        assertThat(live.get().topics().autoCreate()).isFalse();
        assertThat(live.get().groups()).isEqualTo(DEFAULTS.groups());
        assertThat(live.get().withTopics(DEFAULTS.topics())).isEqualTo(DEFAULTS);
    }

    private static Duration period(Duration wanted) {
        return new NameserverSettings(List.of(), wanted, Duration.ofSeconds(1)).registerPeriod();
    }
}
