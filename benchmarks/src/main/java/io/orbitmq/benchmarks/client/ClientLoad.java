package io.orbitmq.benchmarks.client;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/**
 * The program of the client's process: {@code NAMESERVER MODE SIZE WARM-MS MS}. It warms up, prints
 * {@value #MEASURING}, measures, and prints {@value #MEASURED} with its counts.
 */
public final class ClientLoad {

    static final String MEASURING = "measuring";
    static final String MEASURED = "measured ";
    static final String WARM_TOPIC = "BenchmarkClientWarm";
    static final String TOPIC = "BenchmarkClient";

    private static final long ROUTE_PAUSE_NANOS = 50_000_000L;
    private static final int ROUTE_TRIES = 600;

    private final Clock clock = new SystemClock();

    private ClientLoad() {}

    public static void main(String[] arguments) throws Exception {
        new ClientLoad()
                .run(
                        arguments[0],
                        ClientMode.valueOf(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Duration.ofMillis(Integer.parseInt(arguments[3])),
                        Duration.ofMillis(Integer.parseInt(arguments[4])));
        System.out.flush();
        // Whoever started us reads our CPU time while we are still there, then closes this.
        while (System.in.read() >= 0) {
            continue;
        }
        Runtime.getRuntime().halt(0);
    }

    private void run(String nameserver, ClientMode mode, int size, Duration warmTime, Duration time) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("benchmark-client");
        producer.setNamesrvAddr(nameserver);
        producer.setRetryTimesWhenSendFailed(0);
        producer.setRetryTimesWhenSendAsyncFailed(0);
        producer.start();
        awaitRoute(producer, WARM_TOPIC);
        awaitRoute(producer, TOPIC);
        Phase phase =
                switch (mode) {
                    case SYNC -> new SyncPhase(clock, producer, size);
                    case ASYNC -> new AsyncPhase(clock, producer, size);
                    case PUSH -> new PushPhase(clock, producer, nameserver, size);
                };
        phase.run(WARM_TOPIC, warmTime, new Tally());
        Tally tally = new Tally();
        System.out.println(MEASURING);
        long elapsedNanos = phase.run(TOPIC, time, tally);
        System.out.println(MEASURED + tally.line(elapsedNanos));
    }

    private static void awaitRoute(DefaultMQProducer producer, String topic) throws MQClientException {
        for (int i = 0; i < ROUTE_TRIES; i++) {
            try {
                if (!producer.fetchPublishMessageQueues(topic).isEmpty()) {
                    return;
                }
            } catch (MQClientException notYet) {
                LockSupport.parkNanos(ROUTE_PAUSE_NANOS);
            }
        }
        producer.fetchPublishMessageQueues(topic);
    }

    /** One way to use the client. */
    interface Phase {

        /** Works for {@code time} and until everything begun has ended; returns how long that took, in nanoseconds. */
        long run(String topic, Duration time, Tally tally) throws Exception;
    }
}
