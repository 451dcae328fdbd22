package io.orbitmq.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ManyQueuesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    Path data;

    @Test
    void bothKindsOfStoreTakeTheirMessagesOpenAgainAndAreCompared() {
        int status =
                run("--rounds", "1", "--topics", "50", "--messages", "3200", "--no-fill", "--data", data.toString());

        assertThat(status).as(errors.toString()).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains(": lap=") && line.contains(" messages=640 ")))
                .hasSize(10);
        assertThat(out.toString())
                .contains("8 queues: created queues=8 ", "200 queues: created queues=200 ")
                .containsPattern("8 queues: restart ms=\\d+ queues=8\\R")
                .containsPattern("200 queues: restart ms=\\d+ queues=200\\R")
                .containsPattern("200 queues: reads=20000 records=[1-9]")
                .containsPattern("\\| 200 queues \\| [1-9][\\d,]* \\| \\d+ \\| \\d+ \\| \\d+ \\|\\R")
                .containsPattern("ratio \\d+\\.\\d\\d, aim at least 0\\.80");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void tooFewMessagesForItsLapsAreRefused() {
        assertThat(run("--messages", "159")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).startsWith("expected --messages of at least 160, found 159");
    }

    private int run(String... arguments) {
        return new CommandLine(new ManyQueuesCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}
