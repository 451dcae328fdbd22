/**
 * Figures anyone can repeat: a load generator of raw frames and a comparison with the official server in the same run.
 * Nothing here is timed by a unit test.
 */
package io.orbitmq.benchmarks;
