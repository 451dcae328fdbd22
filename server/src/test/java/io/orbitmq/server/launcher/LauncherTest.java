package io.orbitmq.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs bin/orbitmq with a fake Java that prints its arguments, on a fake distribution. */
final class LauncherTest {

    @TempDir
    private Path folder;

    @Test
    void startsTheDistributionBesideIt() throws Exception {
        Ran ran = launch(distribution(), Map.of(), "standalone", "--data", "a b");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.output())
                .contains("[-jar]")
                .contains("lib/orbitmq.jar]")
                .endsWith("[standalone]\n[--data]\n[a b]\n")
                .containsPattern("\\[-Xmx\\d+m]");
    }

    @Test
    void worksThroughASymbolicLinkFromElsewhere() throws Exception {
        Path bin = distribution();
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("hop"), bin);
        Path link = Files.createSymbolicLink(links.resolve("orbitmq"), Path.of("hop"));

        Ran ran = launch(link, Map.of(), "version");

        assertThat(ran.output()).contains("dist/lib/orbitmq.jar]").endsWith("[version]\n");
    }

    @Test
    void optionsOfTheUserComeAfterItsOwn() throws Exception {
        Ran ran = launch(distribution(), Map.of("ORBITMQ_OPTS", "-Xmx77m"), "standalone", "-Xss256k", "-Dx=1");

        assertThat(ran.output())
                .containsPattern("(?s)\\[-Xmx\\d+m].*\\[-Xmx77m]\\n\\[-Xss256k]\\n\\[-Dx=1]\\n.*\\[-jar]");
        assertThat(ran.output()).endsWith("[standalone]\n");
    }

    @Test
    void theHeapChoosesTheCollectorUnlessTheUserDoes() throws Exception {
        Path bin = distribution();

        assertThat(launch(bin, Map.of(), "-Xmx128m", "version").output())
                .contains("[-Xmx128m]", "[-XX:+UseSerialGC]", "[-XX:NewRatio=4]")
                .doesNotContain("-Xms");
        assertThat(launch(bin, Map.of("ORBITMQ_OPTS", "-Xmx2g"), "version").output())
                .contains("[-Xmx2048m]", "[-XX:+UseG1GC]")
                .doesNotContain("NewRatio");
        assertThat(launch(bin, Map.of(), "-XX:+UseParallelGC", "version").output())
                .contains("[-XX:+UseParallelGC]")
                .doesNotContain("UseSerialGC", "UseG1GC", "NewRatio");
    }

    @Test
    void aJavaThatIsTooOldIsNamed() throws Exception {
        Path bin = distribution();
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"11.0.2\"\n");

        Ran ran = launch(bin, Map.of(), "version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.output()).contains("Java 17 or newer is needed").contains("is version 11.0.2");
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        Ran ran = launch(distribution(), Map.of("JAVA_HOME", "/nowhere"), "version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.output()).contains("JAVA_HOME is /nowhere").contains("JDK 17 or newer");
    }

    private Path distribution() throws IOException {
        Path dist = Files.createDirectories(folder.resolve("dist"));
        Files.createDirectories(dist.resolve("bin"));
        Files.createDirectories(dist.resolve("lib"));
        Files.writeString(dist.resolve("lib/orbitmq.jar"), "");
        Path bin = Files.copy(Path.of("..", "bin", "orbitmq"), dist.resolve("bin/orbitmq"));
        assertThat(bin.toFile().setExecutable(true)).isTrue();
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
        return bin;
    }

    private Ran launch(Path bin, Map<String, String> environment, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = bin.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().put("ORBITMQ_CDS", "off");
        builder.environment().remove("ORBITMQ_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }

    private record Ran(int exitCode, String output) {}
}
