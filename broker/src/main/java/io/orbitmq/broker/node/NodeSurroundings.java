package io.orbitmq.broker.node;

import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.foundation.time.SystemClock;
import java.util.function.Function;

/**
 * What a broker takes from the outside world.
 *
 * @param clock time
 * @param disk files
 * @param schedulers makes a scheduler with the given thread name; the broker closes it
 * @param operatorSettings the settings as the operator wrote them
 */
public record NodeSurroundings(
        Clock clock, Disk disk, Function<String, Scheduler> schedulers, OperatorSettings operatorSettings) {

    /** The machine's own clock and disk, a thread per scheduler, no settings file. */
    public static NodeSurroundings ofSystem() {
        return new NodeSurroundings(new SystemClock(), new SystemDisk(), SystemScheduler::new, OperatorSettings.NONE);
    }

    public NodeSurroundings withOperatorSettings(OperatorSettings settings) {
        return new NodeSurroundings(clock, disk, schedulers, settings);
    }
}
