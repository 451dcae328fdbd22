package io.orbitmq.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines of Java processes, run by the same Java as this one. */
public final class JavaCommand {

    private JavaCommand() {}

    /** The command line that runs {@code mainClass}. */
    public static List<String> of(List<String> jvmOptions, String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return command;
    }

    /** The command line that runs {@code mainClass} with the class path of this process. */
    public static List<String> ofSameClassPath(List<String> jvmOptions, Class<?> mainClass, List<String> arguments) {
        return of(jvmOptions, ManagementFactory.getRuntimeMXBean().getClassPath(), mainClass.getName(), arguments);
    }

    /** All jars of a directory. */
    public static String jarsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.toAbsolutePath().toString())
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** Where the given classes were loaded from: no more of our own class path than these need. */
    public static String homesOf(Class<?>... classes) {
        return Stream.of(classes)
                .map(type -> Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
