package io.orbitmq.compat.admin;

import io.orbitmq.compat.harness.IsolatedLoader;
import io.orbitmq.compat.harness.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** The official command line tool, called like from a shell; what it prints is the answer. One call at a time. */
public final class Mqadmin {

    private static final Object ONE_AT_A_TIME = new Object();

    private final String nameserver;

    public Mqadmin(String nameserver) {
        this.nameserver = nameserver;
    }

    /** Runs a sub-command against the name server and answers all it printed. */
    public String run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("-n", nameserver));
        arguments.addAll(List.of(options));
        return call(arguments);
    }

    private static String call(List<String> arguments) {
        synchronized (ONE_AT_A_TIME) {
            PrintStream out = System.out;
            PrintStream err = System.err;
            Thread thread = Thread.currentThread();
            ClassLoader context = thread.getContextClassLoader();
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
                System.setOut(capture);
                System.setErr(capture);
                thread.setContextClassLoader(Tool.MAIN.getDeclaringClass().getClassLoader());
                invoke(arguments);
            } finally {
                System.setOut(out);
                System.setErr(err);
                thread.setContextClassLoader(context);
            }
            return printed.toString(StandardCharsets.UTF_8);
        }
    }

    /** Runs the tool on a thread of its own and cuts short the three seconds its client waits for an idle thread at its end. */
    private static void invoke(List<String> arguments) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread tool = new Thread(
                () -> {
                    try {
                        Tool.MAIN.invoke(null, (Object) arguments.toArray(String[]::new));
                        ended.complete(null);
                    } catch (ReflectiveOperationException e) {
                        ended.completeExceptionally(e);
                    }
                },
                "mqadmin");
        tool.start();
        Awaitility.await("mqadmin " + arguments)
                .atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    if (isJoining(tool)) {
                        Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> thread.getName().equals("NettyEventExecutor"))
                                .filter(thread -> !before.contains(thread))
                                .forEach(Thread::interrupt);
                    }
                    return ended.isDone();
                });
        ended.join();
    }

    private static boolean isJoining(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("join")
                        && frame.getClassName().equals(Thread.class.getName()));
    }

    /** The tool's main method, loaded once; with the credentials file of a stock installation beside it. */
    private static final class Tool {
        static final Method MAIN = load();

        private static Method load() {
            try {
                Path conf = Files.createDirectories(Path.of(Workspace.property("rocketmq.home.dir"), "conf"));
                Files.write(conf.resolve("tools.yml"), List.of("accessKey: rocketmq2", "secretKey: 12345678"));
                return IsolatedLoader.of(Workspace.officialJars("server-5.3.3"), "io.orbitmq.none.")
                        .loadClass("org.apache.rocketmq.tools.command.MQAdminStartup")
                        .getMethod("main", String[].class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the official tool does not load", e);
            }
        }
    }
}
