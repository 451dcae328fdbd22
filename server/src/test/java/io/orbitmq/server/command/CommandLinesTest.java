package io.orbitmq.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.broker.node.BrokerNode;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.StandaloneConfig;
import io.orbitmq.server.node.Standalone;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.node.LocalMessageStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    void aStoreWithMessagesThatWaitIsFoundSoundUntilACheckpointIsDamaged(@TempDir Path folder) throws IOException {
        SystemDisk disk = new SystemDisk();
        try (SystemScheduler scheduler = new SystemScheduler("test");
                LocalMessageStore store = LocalMessageStore.open(
                        StoreConfig.defaults(folder).withSegmentSizeBytes(1 << 16),
                        BrokerNode.emptyTables(DelaySettings.defaults()),
                        disk,
                        new SystemClock(),
                        scheduler)) {
            store.append(store.queue(Names.SCHEDULE_TOPIC, 1), waiting("DELAY^2"));
            store.append(store.queue(Names.TIMER_TOPIC, 20), waiting("TIMER_OUT_MS^4000000000000"));
        }

        assertThat(run("store", "verify", folder.toString())).isZero();
        assertThat(text(out)).contains("entries compared  2\n", "notes               0\n");

        Path checkpoint = disk.list(folder.resolve("orbitmq/checkpoints")).get(0);
        Files.writeString(checkpoint, "nonsense");
        assertThat(run("store", "verify", folder.toString())).isEqualTo(1);
        assertThat(text(out)).contains("the checkpoint " + checkpoint + " is damaged", "The store is NOT sound.");
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

    private static MessageDraft waiting(String properties) {
        HostAddress host = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
        return new MessageDraft(
                0,
                0,
                0,
                host,
                host,
                0,
                0,
                ByteBuffer.allocate(10),
                ByteBuffer.wrap(properties.replace('^', '\u0001').getBytes(StandardCharsets.UTF_8)));
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
