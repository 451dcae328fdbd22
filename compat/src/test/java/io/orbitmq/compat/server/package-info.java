/**
 * The servers the scenarios run against, behind one interface ({@link io.orbitmq.compat.server.TestServer}): OrbitMQ inside this
 * process, OrbitMQ as a process of its own, and the official name server and broker as the reference. Which one a test gets is
 * the build's choice ({@code -Dcompat.server=orbitmq|process|launcher|official}); start reading at
 * {@link io.orbitmq.compat.server.TestServers}.
 */
package io.orbitmq.compat.server;
