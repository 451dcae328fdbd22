/**
 * What an operator can set. {@link io.orbitmq.nameserver.config.NameserverConfig} is the checked record, {@link
 * io.orbitmq.nameserver.config.NameserverKeys} maps RocketMQ's keys to it, {@link
 * io.orbitmq.nameserver.config.LiveConfig} is the one that runs, can change and is written to its file. Any thread.
 * Source: protocol/02 section 8.
 */
package io.orbitmq.nameserver.config;
