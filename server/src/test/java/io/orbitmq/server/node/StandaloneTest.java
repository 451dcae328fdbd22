package io.orbitmq.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.StandaloneConfig;
import io.orbitmq.server.demo.BrokerFinder;
import io.orbitmq.server.demo.Demo;
import io.orbitmq.server.demo.DemoPlan;
import io.orbitmq.server.demo.DemoReport;
import io.orbitmq.transport.server.ListenFailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandaloneTest {

    private static final int PORT_IS_FREE = 0;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void theDemonstrationFindsItsBrokerAndEveryMessageArrivesOnce() throws IOException {
        try (Standalone standalone = start(folder, PORT_IS_FREE)) {
            String broker = new BrokerFinder(new SystemClock())
                    .find(standalone.nameserverAddress())
                    .orElseThrow();
            DemoReport report = demo(2000).run(broker);

            assertThat(broker).isEqualTo(standalone.brokerAddress());
            assertThat(report.isExactlyOnce()).isTrue();
            assertThat(report.sendMicros().getTotalCount()).isEqualTo(2000);
            assertThat(String.join("\n", report.lines())).contains("every message arrived exactly once");
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("100%");
        }
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsToldSo() throws IOException {
        try (Standalone first = start(folder, PORT_IS_FREE)) {
            assertThat(first.brokerAddress()).isNotEmpty();
            assertThatThrownBy(() -> start(folder, PORT_IS_FREE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("locked by another running process");
        }
    }

    @Test
    void aPortInUseIsNamedAndNothingStaysBehind() throws IOException {
        Path other = folder.resolve("other");
        try (Standalone first = start(folder.resolve("first"), PORT_IS_FREE)) {
            int port = Integer.parseInt(first.nameserverAddress().split(":")[1]);
            assertThatThrownBy(() -> start(other, port))
                    .isInstanceOf(ListenFailedException.class)
                    .hasMessageContaining(":" + port)
                    .hasMessageContaining("stop the process that holds the port");
        }
        try (Standalone second = start(other, PORT_IS_FREE)) {
            assertThat(second.brokerAddress()).isNotEmpty();
        }
    }

    @Test
    void twoServersLiveInOneProcessWithoutKnowingOfEachOther() throws IOException {
        try (Scratch one = Scratch.start();
                Scratch two = Scratch.start()) {
            assertThat(one.standalone().brokerAddress())
                    .isNotEqualTo(two.standalone().brokerAddress());
            assertThat(demo(100).run(one.standalone().brokerAddress()).isExactlyOnce())
                    .isTrue();
            assertThat(demo(100).run(two.standalone().brokerAddress()).isExactlyOnce())
                    .isTrue();
        }
    }

    @Test
    void aScratchServerLeavesNothingBehind() throws IOException {
        Path directory;
        try (Scratch scratch = Scratch.start()) {
            directory = scratch.directory();
            assertThat(directory).isDirectory();
        }
        assertThat(directory).doesNotExist();
    }

    private Demo demo(int messages) {
        return new Demo(
                DemoPlan.of(messages, 64),
                new SystemClock(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                false);
    }

    private static Standalone start(Path data, int nameserverPort) throws IOException {
        Settings settings =
                Settings.of("listenPort", "0", "test").overriddenBy(Settings.of("bindAddress", "127.0.0.1", "test"));
        StandaloneConfig config =
                StandaloneConfig.load(settings, nameserverPort, new BrokerDefaults("broker-a", "127.0.0.1", data, ""));
        return Standalone.start(config.nameserver(), config.broker().config(), OperatorSettings.NONE);
    }
}
