package io.orbitmq.compat.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directories and switches the build hands to the tests: the one place here that reads system properties. */
public final class Workspace {

    private Workspace() {}

    /** The jars of one official artifact set, with everything they need. */
    public static List<Path> officialJars(String set) {
        Path jars = Path.of(property("compat.official"), set, "target", "jars");
        if (!Files.isDirectory(jars)) {
            throw new IllegalStateException("expected the jars of " + set + " in " + jars
                    + ", found nothing: run the build from its root (mvn -pl compat -am test)");
        }
        try (Stream<Path> files = Files.list(jars)) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The compiled tests, which hold the adapter. */
    public static Path testClasses() {
        return target().resolve("test-classes");
    }

    /** The class path of the tests, for a child process that runs our own classes. */
    public static String classPath() {
        return property("surefire.test.class.path", property("java.class.path"));
    }

    public static Path target() {
        return Path.of(property("compat.target"));
    }

    /** The root directory of the project. */
    public static Path project() {
        return target().resolve("../..").normalize();
    }

    /** A new empty directory below the build directory. */
    public static Path newDirectory(String name) {
        try {
            Path parent = Files.createDirectories(target().resolve("run"));
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a server's files after its end, unless {@code -Dcompat.keep=true} asks to keep them. */
    public static void discard(Path directory) {
        if (property("compat.keep", "false").equals("true") || !Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A switch of the run; see the properties of {@code compat/pom.xml}. */
    public static String property(String name) {
        String value = System.getProperty(name, "");
        if (value.isBlank()) {
            throw new IllegalStateException(
                    "expected system property " + name + ", found none: run through Maven, which sets it");
        }
        return value;
    }

    public static String property(String name, String otherwise) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? otherwise : value;
    }
}
