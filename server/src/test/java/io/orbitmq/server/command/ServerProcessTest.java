package io.orbitmq.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program in processes of its own, as an operator does. */
final class ServerProcessTest {

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void standaloneTellsItsAddressesAndStopsInOrder() throws Exception {
        Process server =
                start("standalone", "--data", folder.toString(), "--nameserver-port", "0", "--broker-port", "0");

        String ready = lineWith("ready", server);
        assertThat(ready)
                .containsPattern("nameserver=127\\.0\\.0\\.1:[1-9]\\d+")
                .contains("data=" + folder);

        server.destroy();

        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(folder.resolve("abort")).doesNotExist();
    }

    @Test
    void nameserverAndBrokerSayBootSuccessAsRocketMqDoes() throws Exception {
        Process nameserver =
                start("nameserver", "-p", "listenPort=0", "-p", "kvConfigPath=" + folder.resolve("kv.json"));
        String up = lineWith("boot success", nameserver);
        assertThat(up).startsWith("The Name Server boot success. serializeType=JSON, address 0.0.0.0:");
        String address = "127.0.0.1:" + up.substring(up.lastIndexOf(':') + 1);

        Process broker = start(
                "broker",
                "-n",
                address,
                "-p",
                "listenPort=0",
                "-p",
                "brokerName=b1",
                "-p",
                "storePathRootDir=" + folder.resolve("store"));
        assertThat(lineWith("boot success", broker))
                .startsWith("The broker[b1, ")
                .endsWith("] boot success. serializeType=JSON and name server is " + address);
    }

    @Test
    void wrongSettingsAreAllToldBeforeAnythingStarts() throws Exception {
        Process broker = start("broker", "-p", "listenPort=x", "-p", "flushDiskType=NEVER", "-p", "brokerRole=SLAVE");

        assertThat(broker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(broker.exitValue()).isEqualTo(1);
        assertThat(new String(broker.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("listenPort in -p is 'x'", "flushDiskType in -p is 'NEVER'", "brokerRole=SLAVE (-p)");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.orbitmq.server.OrbitMq"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    private static String lineWith(String word, Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> seen = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.add(line);
            if (line.contains(word)) {
                return line;
            }
        }
        throw new AssertionError("the process ended without a line with '" + word + "': " + seen);
    }
}
