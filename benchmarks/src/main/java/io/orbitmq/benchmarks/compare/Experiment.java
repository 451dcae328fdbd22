package io.orbitmq.benchmarks.compare;

import io.orbitmq.benchmarks.process.ServerUnderTest;
import java.io.IOException;

/** What is done to a freshly started server and what is measured of it. */
interface Experiment {

    Measurement run(ServerUnderTest server) throws IOException;
}
