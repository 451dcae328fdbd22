package io.orbitmq.foundation.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsReaderTest {

    private static final KeyCatalogue CATALOGUE = KeyCatalogue.parse("""
            # comment
            sendThreads     | none            | the event loops do this work
            role            | only MASTER     | start one broker instead
            warmUp          | prefer false    | files are not mapped
            rocks*          | none            | there is no RocksDB
            """);

    enum Mode {
        FAST,
        SAFE
    }

    @Test
    void givesDefaultsWhenNothingIsSet() {
        SettingsReader reader = new SettingsReader(Settings.none());

        assertThat(reader.text("name", "a")).isEqualTo("a");
        assertThat(reader.flag("on", true)).isTrue();
        assertThat(reader.number("port", 7, 0, 9)).isEqualTo(7);
        assertThat(reader.sizeBytes("size", 5, 0, 10)).isEqualTo(5);
        assertThat(reader.oneOf("mode", Mode.class, Mode.SAFE)).isEqualTo(Mode.SAFE);
        assertThat(hours(reader)).isEqualTo(Duration.ofHours(72));
        assertThat(reader.finish(CATALOGUE)).isEmpty();
        assertThat(reader.effective())
                .containsEntry("keep", "72")
                .containsEntry("mode", "SAFE")
                .containsEntry("on", "true");
    }

    @Test
    void readsEveryTypeWithUnits() throws IOException {
        SettingsReader reader = new SettingsReader(Settings.parse(
                "name = x y \non=FALSE\nport=0\nsize=4m\nmode=fast\nkeep=90m\n#role=SLAVE\n", "broker.conf"));

        assertThat(reader.text("name", "a")).isEqualTo("x y");
        assertThat(reader.flag("on", true)).isFalse();
        assertThat(reader.number("port", 7, 0, 9)).isZero();
        assertThat(reader.sizeBytes("size", 5, 0, 1 << 30)).isEqualTo(4 << 20);
        assertThat(reader.oneOf("mode", Mode.class, Mode.SAFE)).isEqualTo(Mode.FAST);
        assertThat(hours(reader)).isEqualTo(Duration.ofMinutes(90));
        assertThat(reader.finish(CATALOGUE)).isEmpty();
    }

    @Test
    void aPlainNumberCountsTheUnitOfTheKey() throws IOException {
        assertThat(hours(new SettingsReader(Settings.parse("keep=48", "f")))).isEqualTo(Duration.ofHours(48));
    }

    @Test
    void reportsAllFaultsTogetherNamingKeyValueAndExpectation() throws IOException {
        SettingsReader reader = new SettingsReader(
                Settings.parse("on=yes\nport=70\nsize=4x\nmode=slow\nkeep=-3\nrole=SLAVE", "broker.conf"));
        reader.flag("on", true);
        reader.number("port", 7, 0, 9);
        reader.sizeBytes("size", 5, 0, 10);
        reader.oneOf("mode", Mode.class, Mode.SAFE);
        hours(reader);

        assertThatThrownBy(() -> reader.finish(CATALOGUE))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.faults()).hasSize(6))
                .hasMessageContaining("on in broker.conf is 'yes', expected true or false")
                .hasMessageContaining("port in broker.conf is '70', expected a whole number from 0 to 9")
                .hasMessageContaining("size in broker.conf is '4x', expected a number of bytes")
                .hasMessageContaining("mode in broker.conf is 'slow', expected FAST or SAFE")
                .hasMessageContaining("keep in broker.conf is '-3', expected a time")
                .hasMessageContaining("role=SLAVE (broker.conf) is not supported: start one broker instead");
    }

    @Test
    void anOverflowingSizeIsAFaultAndNotASmallNumber() throws IOException {
        SettingsReader reader = new SettingsReader(Settings.parse("size=9223372036854775807g", "f"));

        assertThat(reader.sizeBytes("size", 5, 0, Long.MAX_VALUE)).isEqualTo(5);
        assertThatThrownBy(() -> reader.finish(CATALOGUE)).hasMessageContaining("size in f");
    }

    @Test
    void advisesOnUnknownRetiredAndClampedKeys() throws IOException {
        SettingsReader reader = new SettingsReader(Settings.parse(
                "prot=1\nzzzzzz=1\nsendThreads=8\nwarmUp=true\nrocksCache=1\nratio=99\nrole=master", "f"));
        reader.number("port", 7, 0, 9);

        assertThat(reader.clamped("ratio", 75, 10, 95)).isEqualTo(95);
        assertThat(reader.finish(CATALOGUE))
                .containsExactlyInAnyOrder(
                        "ratio=99 (f) is outside 10 to 95; using 95.",
                        "Unknown key zzzzzz (f) is ignored. Remove it.",
                        "sendThreads=8 (f) has no effect: the event loops do this work",
                        "warmUp=true (f) has no effect: files are not mapped",
                        "rocksCache=1 (f) has no effect: there is no RocksDB",
                        "Unknown key prot (f) is ignored. Remove it.");
    }

    @Test
    void namesTheNearestKnownKey() throws IOException {
        SettingsReader reader = new SettingsReader(Settings.parse("autoCreateTopicEnabel=false", "f"));
        reader.flag("autoCreateTopicEnable", true);
        reader.flag("autoCreateSubscriptionGroup", true);

        assertThat(reader.finish(CATALOGUE))
                .containsExactly(
                        "Unknown key autoCreateTopicEnabel (f) is ignored. Did you mean autoCreateTopicEnable?");
    }

    @Test
    void theCommandLineBeatsTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("b.conf"), "port=3\nname=file\n");
        Settings settings = Settings.readFile(file).overriddenBy(Settings.ofAssignment("port=4", "-p"));
        SettingsReader reader = new SettingsReader(settings);

        assertThat(reader.number("port", 7, 0, 9)).isEqualTo(4);
        assertThat(reader.text("name", "")).isEqualTo("file");
    }

    @Test
    void saysWhatIsWrongWithAMissingFileOrAssignment(@TempDir Path folder) {
        assertThatThrownBy(() -> Settings.readFile(folder.resolve("none.conf")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.conf does not exist");
        assertThatThrownBy(() -> Settings.ofAssignment("port", "-p"))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.faults()).isEqualTo(List.of(e.getMessage())))
                .hasMessageContaining("key=value");
    }

    private static Duration hours(SettingsReader reader) {
        return reader.duration("keep", Duration.ofHours(1), Duration.ofHours(72), Duration.ZERO, Duration.ofDays(365));
    }
}
