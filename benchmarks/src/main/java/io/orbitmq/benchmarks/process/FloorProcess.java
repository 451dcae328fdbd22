package io.orbitmq.benchmarks.process;

import io.orbitmq.benchmarks.floor.FloorServer;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.frame.Command;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** The {@link FloorServer} as a process of its own. */
public final class FloorProcess implements ServerUnderTest {

    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private final ServerProcess process;
    private final InetSocketAddress address;
    private final StartTimes startTimes;

    private FloorProcess(ServerProcess process, InetSocketAddress address, StartTimes startTimes) {
        this.process = process;
        this.address = address;
        this.startTimes = startTimes;
    }

    public static Starter starter(Clock clock) {
        return new Starter() {
            @Override
            public String name() {
                return "floor";
            }

            @Override
            public void prepare() {
                // The class path of this very process has all it needs.
            }

            @Override
            public ServerUnderTest start(Flush flush) throws IOException {
                return launch(clock);
            }
        };
    }

    private static ServerUnderTest launch(Clock clock) throws IOException {
        int port = FreePorts.one();
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
        String classPath = JavaCommand.homesOf(FloorServer.class, Command.class, Clock.class);
        ServerProcess process = ServerProcess.start(
                clock,
                new ProcessBuilder(
                        JavaCommand.of(OPTIONS, classPath, FloorServer.class.getName(), List.of(String.valueOf(port)))),
                line -> line.contains("ready"));
        try {
            return new FloorProcess(process, address, process.awaitBroker(address, process.startNanos()));
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress broker() {
        return address;
    }

    @Override
    public String nameserver() {
        throw new UnsupportedOperationException("the floor has no nameserver; clients cannot be run against it");
    }

    @Override
    public ProcessUsage usage() throws IOException {
        return process.usage();
    }

    @Override
    public StartTimes startTimes() {
        return startTimes;
    }

    @Override
    public void close() {
        process.close();
    }
}
