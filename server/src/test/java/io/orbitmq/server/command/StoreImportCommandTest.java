package io.orbitmq.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dry run on a directory as Apache RocketMQ leaves it (protocol/05 sections 1 and 7). */
final class StoreImportCommandTest {

    private static final int SEGMENT_BYTES = 64 << 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void saysWhatIsTakenOver() throws IOException {
        Path root = store();
        Path config = folder.resolve("broker.conf");
        Files.writeString(config, "mappedFileSizeCommitLog=" + SEGMENT_BYTES + "\nstorePathRootDir=elsewhere\n");

        assertThat(run("-c", config.toString(), root.toString())).isZero();

        assertThat(text(out).lines())
                .contains("log               " + root.resolve("commitlog"))
                .contains("  segments        2")
                .contains("  segment size    65536 bytes")
                .contains("  opening         as it is, mappedFileSizeCommitLog=65536 fits")
                .anyMatch(line -> line.startsWith("  positions       65536 to 196608"))
                .anyMatch(line -> line.matches(" {2}disk {12}\\d+ % full, \\d+ MiB left"))
                .contains("topics            1", "  Orders read=4 write=8 perm=6")
                .contains("groups            1", "  Readers")
                .contains("committed offsets 2", "  Readers at Orders-1: 3")
                .contains("delay levels      1", "  level 3: 7")
                .contains("stopped in order  yes");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void withoutTheBrokersSettingsItSaysWhichSegmentSizeTheLogNeeds() throws IOException {
        assertThat(run(store().toString())).isZero();

        assertThat(text(out))
                .contains("opening         refuses: ")
                .contains("mappedFileSizeCommitLog=1073741824; set mappedFileSizeCommitLog=65536,");
    }

    @Test
    void looksForTheLogWhereTheBrokersSettingsSay() throws IOException {
        Path root = store();
        Path elsewhere = folder.resolve("fast-disk");
        Files.move(root.resolve("commitlog"), elsewhere);
        Path config = folder.resolve("broker.conf");
        Files.writeString(config, "storePathCommitLog=" + elsewhere + "\n");

        assertThat(run("-c", config.toString(), root.toString())).isZero();

        assertThat(text(out)).contains("log               " + elsewhere, "segments        2");
    }

    @Test
    void writesNothing() throws IOException {
        Path root = store();
        Map<String, String> before = tree(root);

        assertThat(run(root.toString())).isZero();

        assertThat(tree(root)).isEqualTo(before).hasSize(10);
    }

    @Test
    void aDirectoryThatIsNoStoreIsSaidSoAndLeftAlone() throws IOException {
        Map<String, String> before = tree(folder);

        assertThat(run(folder.toString())).isEqualTo(CommandLines.FAILED);

        assertThat(text(err))
                .isEqualTo("orbitmq: expected the state files of an Apache RocketMQ store in "
                        + folder.resolve("config") + ", found no such directory; give the store's root"
                        + " (storePathRootDir)" + System.lineSeparator());
        assertThat(text(out)).isEmpty();
        assertThat(tree(folder)).isEqualTo(before);
    }

    @Test
    void settingsThatTheBrokerWouldRefuseAreSaidSo() throws IOException {
        Path config = folder.resolve("broker.conf");
        Files.writeString(config, "mappedFileSizeCommitLog=ten\n");

        assertThat(run("-c", config.toString(), store().toString())).isEqualTo(CommandLines.FAILED);

        assertThat(text(err)).contains("mappedFileSizeCommitLog in " + config + " is 'ten'");
    }

    /** Two segments, an earlier one expired. */
    private Path store() throws IOException {
        Path root = folder.resolve("store");
        for (int i = 1; i <= 2; i++) {
            write(root.resolve("commitlog/" + String.format("%020d", i * SEGMENT_BYTES)), "\0".repeat(SEGMENT_BYTES));
        }
        Path config = root.resolve("config");
        write(config.resolve("topics.json"), """
                {"topicConfigTable":{
                 "Orders":{"topicName":"Orders","readQueueNums":4,"writeQueueNums":8,"perm":6}}}""");
        write(config.resolve("subscriptionGroup.json"), """
                {"subscriptionGroupTable":{"Readers":{"groupName":"Readers","retryMaxTimes":3}}}""");
        write(config.resolve("consumerOffset.json"), "{\"offsetTable\":{\"Orders@Readers\":{0:5,1:3}}}");
        write(config.resolve("delayOffset.json"), "{\"offsetTable\":{3:7}}");
        write(root.resolve("checkpoint"), "\0".repeat(4096));
        return root;
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Every file and directory with its time of modification and a hash of its content. */
    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String content = Files.isDirectory(path) ? "" : " " + Arrays.hashCode(Files.readAllBytes(path));
                found.put(path.toString(), Files.getLastModifiedTime(path) + content);
            }
        }
        return found;
    }

    private int run(String... options) {
        String[] arguments = Stream.concat(Stream.of("store", "import", "--dry-run"), Stream.of(options))
                .toArray(String[]::new);
        return CommandLines.run(arguments, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
