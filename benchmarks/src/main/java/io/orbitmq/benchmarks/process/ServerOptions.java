package io.orbitmq.benchmarks.process;

import io.orbitmq.foundation.time.Clock;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every command that starts servers, as a mixin, and the starters they lead to. */
public final class ServerOptions {

    @Option(names = "--launcher", description = "our launcher", defaultValue = "bin/orbitmq")
    private Path launcher;

    @Option(
            names = "--official-jars",
            description = "directory of the official jars",
            defaultValue = "compat/official/server-5.3.3/target/jars")
    private Path officialJars;

    @Option(names = "--data", description = "directory for the servers' data", defaultValue = "/tmp")
    private Path scratch;

    @Option(names = "--heap", description = "our heap", defaultValue = "256m")
    private String heap;

    @Option(names = "--official-heap", description = "the official broker's heap", defaultValue = "2g")
    private String officialHeap;

    /** Where servers keep their data. */
    public Path scratch() {
        return scratch;
    }

    public ServerUnderTest.Starter ours(Clock clock) {
        return OrbitServer.starter(clock, launcher, heap, scratch);
    }

    public ServerUnderTest.Starter official(Clock clock) {
        return OfficialServer.starter(clock, officialJars, officialHeap, scratch);
    }
}
