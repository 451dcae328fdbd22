/**
 * The official Java client 5.3.3, unchanged, as the load: what an application sees. {@link
 * io.orbitmq.benchmarks.client.ClientLoad} runs in a process of its own with the client's jars and nothing of ours but this
 * package, so that the libraries do not meet; {@link io.orbitmq.benchmarks.client.ClientRun} starts it and reads what it
 * prints. Start reading there.
 */
package io.orbitmq.benchmarks.client;
