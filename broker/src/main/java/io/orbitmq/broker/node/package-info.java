/**
 * The broker put together. Start reading at {@link io.orbitmq.broker.node.BrokerNode}: opening, starting and stopping in
 * order; {@code BrokerTable} is the one-screen table of code, handler and lane; {@code BrokerParts} makes the parts.
 * Nothing imports this package but the program that runs a broker. Two brokers live in one process without knowing of
 * each other.
 */
package io.orbitmq.broker.node;
