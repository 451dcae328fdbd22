package io.orbitmq.broker.node;

import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.foundation.schedule.Scheduler.Scheduled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The broker's recurring work, all on its scheduler: short tasks that do nothing when there is nothing to do. */
final class Upkeep {

    private static final Duration SAMPLE_PERIOD = Duration.ofSeconds(TrafficMeter.SAMPLE_SECONDS);

    private static final Duration REPEATS_PERIOD = Duration.ofSeconds(1);

    private final BrokerParts broker;
    private final List<Scheduled> tasks = new ArrayList<>();

    Upkeep(BrokerParts broker) {
        this.broker = broker;
    }

    void start() {
        every(broker.config.get().offsets().commitInterval(), broker.offsets::flush);
        every(broker.config.get().groups().expiryScan(), this::expire);
        every(SAMPLE_PERIOD, broker.traffic::sample);
        every(REPEATS_PERIOD, broker.repeats::expire);
    }

    void stop() {
        tasks.forEach(Scheduled::cancel);
        broker.durable.close();
    }

    private void every(Duration period, Runnable task) {
        tasks.add(broker.scheduler.every(period, period, task));
    }

    private void expire() {
        broker.liveness.scan();
        broker.locks.removeExpired();
    }
}
