package io.orbitmq.server.command;

import io.orbitmq.foundation.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that reads settings; named as in RocketMQ (protocol/15 section 1). */
final class ConfigOptions {

    private static final String PRINT = "print";

    @Option(
            names = {"-c", "--configFile"},
            paramLabel = "FILE",
            description = "Reads settings from a properties file with RocketMQ's keys.")
    private Path file;

    @Option(
            names = "-p",
            arity = "0..1",
            fallbackValue = PRINT,
            paramLabel = "KEY=VALUE",
            description = {
                "Sets one key and beats the file; may be repeated.",
                "Without a value: prints the effective settings and ends, as --print-config."
            })
    private final List<String> assignments = new ArrayList<>();

    @Option(
            names = {"-m", "--print-config", "--printConfigItem", "--printImportantConfig"},
            description = "Prints the effective settings and ends.")
    private boolean print;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    /** The file's settings under the command line's. */
    Settings settings() throws IOException {
        Settings settings = file == null ? Settings.none() : Settings.readFile(file);
        for (String assignment : assignments) {
            if (!assignment.equals(PRINT)) {
                settings = settings.overriddenBy(Settings.ofAssignment(assignment, "-p"));
            }
        }
        return settings;
    }

    /** Whether the settings are to be printed instead of a server started. */
    boolean printOnly() {
        return print || assignments.contains(PRINT);
    }

    /** The file given with -c. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
