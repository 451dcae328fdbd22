package io.orbitmq.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.StandaloneConfig;
import io.orbitmq.server.node.Standalone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLinesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutArgumentsItTellsTheCommands() {
        assertThat(run()).isZero();
        assertThat(text(out)).contains("standalone", "nameserver", "broker", "demo", "version");
    }

    @Test
    void aMisspeltCommandNamesTheNearest() {
        assertThat(run("verison")).isEqualTo(2);
        assertThat(text(err)).contains("There is no command 'verison'. Did you mean version?");
    }

    @Test
    void versionTellsTheJavaItRunsOn() {
        assertThat(run("version")).isZero();
        assertThat(text(out))
                .startsWith("OrbitMQ ")
                .contains("Java " + Runtime.version().feature());
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        assertThat(run("version", "--loud")).isEqualTo(2);
        assertThat(text(err)).contains("--loud").contains("Usage: orbitmq version");
    }

    @Test
    void helpOfACommandTellsItsOptions() {
        assertThat(run("version", "--help")).isZero();
        assertThat(text(out)).contains("--help");
    }

    @Test
    void aStoreThatWasWrittenIsFoundSound(@TempDir Path folder) throws IOException {
        StandaloneConfig config = StandaloneConfig.load(
                Settings.of("listenPort", "0", "test"), 0, new BrokerDefaults("b", "127.0.0.1", folder, ""));
        Standalone.start(config.nameserver(), config.broker().config(), OperatorSettings.NONE)
                .close();

        assertThat(run("store", "verify", folder.toString())).isZero();
        assertThat(text(out)).contains("The store is sound.");
    }

    @Test
    void aDirectoryWithoutAStoreIsSaidSo(@TempDir Path folder) {
        assertThat(run("store", "verify", folder.toString())).isEqualTo(1);
        assertThat(run("store", "import", "--dry-run", folder.toString())).isEqualTo(1);
        assertThat(text(err)).contains("expected the segments of a log in").contains("expected the state files");
    }

    @Test
    void aStoreCommandSaysWhatItLacks() {
        assertThat(run("store")).isEqualTo(2);
        assertThat(run("store", "import", "dir")).isEqualTo(2);
        assertThat(text(err)).contains("Say what to do with the store").contains("--dry-run");
    }

    @Test
    void toolsForARunningClusterSayWhatTheyLack() {
        assertThat(run("topic")).isEqualTo(2);
        assertThat(run("group")).isEqualTo(2);
        assertThat(run("topic", "drain", "--from", "a", "--to", "a")).isEqualTo(2);
        assertThat(run("topic", "drain", "--from", "a", "--to", "b", "--order", "any"))
                .isEqualTo(2);
        assertThat(text(err))
                .contains("drain --from TOPIC --to TOPIC", "subscriptions GROUP", "must be different topics", "'any'");
    }

    @Test
    void aGroupThatIsNotOnlineIsSaidSoAndAMissingNameserverToo(@TempDir Path folder) throws IOException {
        StandaloneConfig config = StandaloneConfig.load(
                Settings.of("listenPort", "0", "test"), 0, new BrokerDefaults("b", "127.0.0.1", folder, ""));
        String nameserver;
        try (Standalone standalone =
                Standalone.start(config.nameserver(), config.broker().config(), OperatorSettings.NONE)) {
            nameserver = standalone.nameserverAddress();
            assertThat(run("group", "subscriptions", "G", "-n", nameserver)).isEqualTo(1);
            assertThat(text(out)).contains("No consumer of G is online.");
        }
        assertThat(run("group", "subscriptions", "G", "-n", nameserver)).isEqualTo(1);
        assertThat(text(err)).contains("The server at " + nameserver + " did not answer");
    }

    private int run(String... arguments) {
        return CommandLines.run(arguments, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
