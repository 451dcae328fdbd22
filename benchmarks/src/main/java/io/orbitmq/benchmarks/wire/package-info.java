/**
 * Frames as the load generator sends and reads them: a request is encoded once and patched in place, an answer is read
 * where it lies. The generator must cost little beside the servers it measures, so neither allocates for a message. Start
 * reading at {@link io.orbitmq.benchmarks.wire.FrameTemplate}. Each object is owned by the one thread that made it.
 */
package io.orbitmq.benchmarks.wire;
