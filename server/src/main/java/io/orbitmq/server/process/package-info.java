/**
 * The process around the servers: what the operating system and the JVM tell ({@link
 * io.orbitmq.server.process.ProcessEnvironment}). The only place that reads environment variables and system
 * properties. Stateless; any thread.
 */
package io.orbitmq.server.process;
