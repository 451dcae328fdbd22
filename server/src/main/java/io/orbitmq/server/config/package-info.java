/**
 * RocketMQ's configuration files become the servers' settings. Start reading at {@link
 * io.orbitmq.server.config.BrokerKeys}, which maps broker.conf to a {@code BrokerConfig}; {@code broker-keys.txt}
 * beside it lists the keys that are known but do nothing here, with the reason. Used at start and when an operator
 * changes settings at run time; stateless. Source: protocol/15, protocol/05 section 8, protocol/01 section 11.
 */
package io.orbitmq.server.config;
