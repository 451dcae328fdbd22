package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.client.ClientMode;
import io.orbitmq.benchmarks.client.ClientRun;
import io.orbitmq.benchmarks.process.ServerUnderTest.Flush;
import java.nio.file.Path;
import java.util.List;

/** The rows that the official client plays. */
final class ClientWorkloads {

    private static final int THREADS = 16;
    private static final int IN_FLIGHT = 256;
    private static final int RATE = 2_000;

    private final RunPlan plan;
    private final Path jars;
    private final Path scratch;

    ClientWorkloads(RunPlan plan, Path jars, Path scratch) {
        this.plan = plan;
        this.jars = jars;
        this.scratch = scratch;
    }

    List<Workload> all() {
        return List.of(
                row("client 5.3.3: sync, 1 thread", ClientMode.SYNC, 1),
                row("client 5.3.3: sync, 16 threads", ClientMode.SYNC, THREADS),
                row("client 5.3.3: async, 256 in flight", ClientMode.ASYNC, IN_FLIGHT),
                row("client 5.3.3: push consumer, 2,000/s open loop", ClientMode.PUSH, RATE));
    }

    private Workload row(String name, ClientMode mode, int size) {
        ClientRun.Load load = new ClientRun.Load(mode, size, plan.fixedWarmTime(), plan.time());
        ClientRun client = new ClientRun(plan.clock(), jars, scratch, load);
        return new Workload(name, Flush.ASYNC_FLUSH, new ClientExperiment(client), Aims.notWorse(), false);
    }
}
