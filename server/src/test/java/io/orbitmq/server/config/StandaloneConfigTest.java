package io.orbitmq.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.nameserver.config.NameserverConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StandaloneConfigTest {

    private static final Path DATA = Path.of("data");
    private static final BrokerDefaults MACHINE = new BrokerDefaults("broker-a", "10.0.0.1", DATA, "");

    @Test
    void withoutSettingsBothServersHaveTheirDefaultsInOneDirectory() {
        StandaloneConfig config = StandaloneConfig.load(Settings.none(), 9876, MACHINE);

        assertThat(config.nameserver().config()).isEqualTo(NameserverConfig.defaults(DATA.resolve("nameserver")));
        BrokerConfig broker = config.broker().config();
        assertThat(broker.store().rootDirectory()).isEqualTo(DATA);
        assertThat(broker.network().listenPort()).isEqualTo(10911);
        assertThat(config.broker().advice()).isEmpty();
        assertThat(config.nameserver().advice()).isEmpty();
    }

    @Test
    void eachServerGetsTheKeysItKnows() throws IOException {
        Settings settings = Settings.parse("""
                listenPort=20911
                bindAddress=127.0.0.1
                orderMessageEnable=true
                fileReservedTime=48
                """, "broker.conf");

        StandaloneConfig config = StandaloneConfig.load(settings, 19876, MACHINE);

        assertThat(config.nameserver().config().network().port()).isEqualTo(19876);
        assertThat(config.nameserver().config().network().bindAddress()).isEqualTo("127.0.0.1");
        assertThat(config.nameserver().config().answers().orderMessageEnable()).isTrue();
        assertThat(config.broker().config().network().listenPort()).isEqualTo(20911);
        assertThat(config.broker().config().network().bindAddress()).isEqualTo("127.0.0.1");
        assertThat(config.broker().config().store().retention()).hasHours(48);
        assertThat(config.broker().advice()).isEmpty();
    }

    @Test
    void otherNameserversAreSaidToHaveNoEffect() {
        StandaloneConfig config =
                StandaloneConfig.load(Settings.of("namesrvAddr", "ns:9876", "broker.conf"), 9876, MACHINE);

        assertThat(config.broker().advice())
                .singleElement()
                .asString()
                .contains("namesrvAddr=ns:9876 (broker.conf) has no effect");
    }
}
