/**
 * A load generator of raw frames: pre-encoded, patched with an opaque, pipelined over non-blocking sockets by one
 * thread (two in the open loop), so that the generator costs far less than the broker it measures. Start reading at {@link
 * io.orbitmq.benchmarks.load.LoadGenerator}. Latencies count from the intended time of a request, so a stalled broker is not
 * hidden (no coordinated omission).
 */
package io.orbitmq.benchmarks.load;
