package io.orbitmq.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.SystemDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsFileTest {

    @TempDir
    private Path folder;

    @Test
    void aChangeStandsInItsPlaceAndTheRestStays() throws IOException {
        Path file = Files.writeString(folder.resolve("broker.conf"), """
                # how long
                fileReservedTime = 48

                namesrvAddr = a:1;\\
                    b:2
                #fileReservedTime=1
                brokerPermission=6
                """);

        new SettingsFile(Map.of(), Optional.of(file), new SystemDisk())
                .keep(Map.of("fileReservedTime", "24", "namesrvAddr", "c:3"));

        assertThat(file).hasContent("""
                        # how long
                        fileReservedTime=24

                        namesrvAddr=c:3
                        #fileReservedTime=1
                        brokerPermission=6
                        """);
        assertThat(folder.resolve("broker.conf.bak")).content().contains("fileReservedTime = 48");
    }

    @Test
    void aNewKeyIsAddedAtTheEndAndReadsBack() throws IOException {
        Path file = Files.writeString(folder.resolve("broker.conf"), "brokerName=b");

        new SettingsFile(Map.of(), Optional.of(file), new SystemDisk()).keep(Map.of("bindAddress", "C:\\x"));

        Settings read = Settings.readFile(file);
        assertThat(read.find("brokerName").orElseThrow().value()).isEqualTo("b");
        assertThat(read.find("bindAddress").orElseThrow().value()).isEqualTo("C:\\x");
    }

    @Test
    void withoutAFileNothingCanBeKept() {
        SettingsFile none = new SettingsFile(Map.of("a", "1"), Optional.empty(), new SystemDisk());

        assertThat(none.atStart()).containsEntry("a", "1");
        assertThatThrownBy(() -> none.keep(Map.of("a", "2")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("started without -c");
    }
}
