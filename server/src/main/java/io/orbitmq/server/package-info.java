/**
 * The program: {@link io.orbitmq.server.OrbitMq} is the main class and the only one that ends the process. {@code
 * command} has one class per sub-command, {@code config} maps RocketMQ's configuration files, {@code node} assembles
 * nameserver and broker and stops them in order, {@code demo} shows them at work, {@code logging} sets up the log,
 * {@code process} is the environment. Nobody imports this module.
 */
package io.orbitmq.server;
