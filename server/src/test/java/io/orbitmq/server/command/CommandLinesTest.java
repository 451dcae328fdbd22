package io.orbitmq.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class CommandLinesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutArgumentsItTellsTheCommands() {
        assertThat(run()).isZero();
        assertThat(text(out)).contains("standalone", "nameserver", "broker", "demo", "version");
    }

    @Test
    void aMisspeltCommandNamesTheNearest() {
        assertThat(run("verison")).isEqualTo(2);
        assertThat(text(err)).contains("There is no command 'verison'. Did you mean version?");
    }

    @Test
    void versionTellsTheJavaItRunsOn() {
        assertThat(run("version")).isZero();
        assertThat(text(out))
                .startsWith("OrbitMQ ")
                .contains("Java " + Runtime.version().feature());
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        assertThat(run("version", "--loud")).isEqualTo(2);
        assertThat(text(err)).contains("--loud").contains("Usage: version");
    }

    @Test
    void helpOfACommandTellsItsOptions() {
        assertThat(run("version", "--help")).isZero();
        assertThat(text(out)).contains("--help");
    }

    private int run(String... arguments) {
        return CommandLines.run(arguments, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
