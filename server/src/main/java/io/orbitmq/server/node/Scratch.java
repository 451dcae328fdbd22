package io.orbitmq.server.node;

import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.StandaloneConfig;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A {@link Standalone} for a short time: free ports, loopback only, a directory that is removed at the end. */
public final class Scratch implements Closeable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Path directory;
    private final Standalone standalone;

    private Scratch(Path directory, Standalone standalone) {
        this.directory = directory;
        this.standalone = standalone;
    }

    /** Starts with all defaults. */
    public static Scratch start() throws IOException {
        Path directory = Files.createTempDirectory("orbitmq-");
        Settings settings =
                Settings.of("listenPort", "0", "scratch").overriddenBy(Settings.of("bindAddress", LOOPBACK, "scratch"));
        StandaloneConfig config =
                StandaloneConfig.load(settings, 0, new BrokerDefaults("broker-a", LOOPBACK, directory, ""));
        try {
            return new Scratch(
                    directory,
                    Standalone.start(config.nameserver(), config.broker().config(), OperatorSettings.NONE));
        } catch (IOException | RuntimeException e) {
            remove(directory);
            throw e;
        }
    }

    public Standalone standalone() {
        return standalone;
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        try {
            standalone.close();
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
