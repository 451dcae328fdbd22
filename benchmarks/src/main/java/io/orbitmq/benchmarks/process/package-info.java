/**
 * The servers under test as processes, and what the operating system says of them. Start reading at {@link
 * io.orbitmq.benchmarks.process.ServerUnderTest}. The caller's thread starts and stops them; each is stopped by its own
 * process handle.
 */
package io.orbitmq.benchmarks.process;
