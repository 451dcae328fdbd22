package io.orbitmq.compat.server;

import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts the official server's main classes. */
final class OfficialJava {

    private static final List<String> JVM = List.of(
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=512m",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private OfficialJava() {}

    /** Starts a main class with a configuration file; the file's directory is its home. */
    static ChildProcess start(String main, Path configuration, Path output) {
        String home = configuration.getParent().toString();
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(JVM);
        command.addAll(List.of("-Duser.home=" + home, "-cp", classPath(), main, "-c", configuration.toString()));
        return ChildProcess.start(command, Map.of("ROCKETMQ_HOME", home), output);
    }

    private static String classPath() {
        return Workspace.officialJars("server-5.3.3").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Path write(Path file, Map<String, String> settings) {
        try {
            return Files.write(
                    file,
                    settings.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
