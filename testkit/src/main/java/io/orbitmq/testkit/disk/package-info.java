/**
 * A disk in memory that behaves as badly as real ones may. Start reading at {@link
 * io.orbitmq.testkit.disk.SimulatedDisk}: what was not forced is lost, kept or torn at a crash, by a seed; writes and
 * forces fail, space runs out, bits flip, as the test says. All state under one lock; any thread.
 */
package io.orbitmq.testkit.disk;
