package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.client.ClientResult;
import io.orbitmq.benchmarks.client.ClientRun;
import io.orbitmq.benchmarks.process.ServerUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Load by the official client; invalid when a send failed or the queues do not hold what was counted. */
record ClientExperiment(ClientRun client) implements Experiment {

    private static final double MICRO_NANOS = 1_000;

    @Override
    public Measurement run(ServerUnderTest server) throws IOException {
        ClientResult result = client.run(server);
        List<String> faults = new ArrayList<>();
        if (result.failed() > 0) {
            faults.add(result.failed() + " sends failed or did not arrive");
        }
        if (result.stored() != result.messages()) {
            faults.add("counted " + result.messages() + " messages, the queues hold " + result.stored());
        }
        Span span = new Span(
                new Span.Pair(result.before(), result.after()), result.clientCpuNanos(), result.elapsedNanos());
        return new Measurement(
                        Map.of(
                                Figure.MESSAGES_PER_SECOND, result.messages() * 1e9 / result.elapsedNanos(),
                                Figure.P50_MICROS, result.p50Nanos() / MICRO_NANOS,
                                Figure.P99_MICROS, result.p99Nanos() / MICRO_NANOS,
                                Figure.REFUSED, (double) result.failed()),
                        faults)
                .with(span.figures(result.messages()));
    }
}
