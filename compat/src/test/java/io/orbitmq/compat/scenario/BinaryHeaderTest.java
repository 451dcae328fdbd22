package io.orbitmq.compat.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Workspace;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that write their headers in the binary form; a process of its own, as the choice is the JVM's. */
class BinaryHeaderTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    @ParameterizedTest
    @EnumSource
    void aClientWithBinaryHeadersSendsConsumesAndQueries(ClientVersion version) {
        Scenario scenario = SERVER.scenario(version);
        Path home = Workspace.newDirectory("binary");
        String classPath = Stream.concat(
                        Stream.of(Workspace.testClasses()), Workspace.officialJars(version.artifacts()).stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = List.of(
                "java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Drocketmq.serialize.type=ROCKETMQ",
                "-Duser.home=" + home,
                "-cp",
                classPath,
                "io.orbitmq.compat.adapter.BinaryConversation",
                SERVER.server().nameserver(),
                scenario.name("binary"));

        try (ChildProcess client = ChildProcess.start(command, Map.of(), home.resolve("output.txt"))) {
            int exit = client.awaitEnd(Duration.ofSeconds(90));

            assertThat(client.text()).contains("conversation ok");
            assertThat(exit).isZero();
        }
    }
}
