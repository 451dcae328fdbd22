package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.process.ServerUnderTest.Flush;
import java.util.List;

/**
 * One row of the table.
 *
 * @param name as printed
 * @param flush flush mode of the servers
 * @param experiment what is done
 * @param aims what our figures are to reach
 * @param onFloor whether the floor can be measured with it too
 */
record Workload(String name, Flush flush, Experiment experiment, List<Aim> aims, boolean onFloor) {}
