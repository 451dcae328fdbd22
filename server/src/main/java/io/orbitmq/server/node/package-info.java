/**
 * Servers put together with everything they stand on: clock, disk, schedulers. {@link
 * io.orbitmq.server.node.RunningNameserver}, {@link io.orbitmq.server.node.RunningBroker} and {@link
 * io.orbitmq.server.node.Standalone}, which is both, are started by their constructor's caller and closed by one thread;
 * what was started last stops first, and a start that fails half way stops what it had started.
 */
package io.orbitmq.server.node;
