package io.orbitmq.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories of one run each. */
public final class FreshDirectory {

    private FreshDirectory() {}

    /** @param parent created when absent */
    public static Path create(Path parent, String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(parent).toAbsolutePath(), "bench-" + name);
    }

    /** Deletes it with all that is in it, as far as that is possible. */
    public static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }
}
