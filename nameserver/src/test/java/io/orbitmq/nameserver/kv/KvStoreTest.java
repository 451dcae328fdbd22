package io.orbitmq.nameserver.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.foundation.file.SystemDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvStoreTest {

    @TempDir
    private Path directory;

    @Test
    void settingsSurviveARestart() throws IOException {
        KvStore store = open();
        store.put(KvStore.ORDER_TOPICS, "t1", "brk-m:4");
        store.put("other", "k", "v");

        assertThat(Files.readString(file()))
                .isEqualTo("{\"configTable\":{\"ORDER_TOPIC_CONFIG\":{\"t1\":\"brk-m:4\"},\"other\":{\"k\":\"v\"}}}");
        assertThat(open().find(KvStore.ORDER_TOPICS, "t1")).hasValue("brk-m:4");
    }

    @Test
    void aNamespaceStaysWhenItsLastKeyGoes() throws IOException {
        KvStore store = open();
        store.put("n", "k", "v");
        store.delete("n", "k");
        store.delete("n", "k");
        store.delete("zz", "k");
        assertThat(store.find("n", "k")).isEmpty();
        assertThat(store.list("n")).hasValue(Map.of());
        assertThat(store.list("zz")).isEmpty();
        assertThat(open().list("n")).hasValue(Map.of());
    }

    @Test
    void readsTheOfficialFile() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\n\t\"configTable\":{\"ORDER_TOPIC_CONFIG\":{\n\"t1\":\"brk-m:4\"}}}\n");
        assertThat(open().list(KvStore.ORDER_TOPICS)).hasValue(Map.of("t1", "brk-m:4"));
    }

    @Test
    void aDamagedFileStopsTheStartAndSaysWhatToDo() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"configTable\":{");
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kv.json is damaged")
                .hasMessageContaining("Restore it");
    }

    @Test
    void aChangeThatCannotBeSavedIsNotSeen() throws IOException {
        KvStore store = open();
        store.put("n", "k", "old");
        Files.createDirectory(file().resolveSibling("kv.json.tmp"));
        assertThatThrownBy(() -> store.put("n", "k", "new")).isInstanceOf(IOException.class);
        assertThat(store.find("n", "k")).hasValue("old");
    }

    private Path file() {
        return directory.resolve("namesrv").resolve("kv.json");
    }

    private KvStore open() throws IOException {
        return KvStore.open(new SystemDisk(), file());
    }
}
