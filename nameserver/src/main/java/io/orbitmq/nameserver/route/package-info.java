/**
 * Which topics are on which brokers. {@link io.orbitmq.nameserver.route.RouteTable} is the front door and holds the one
 * lock over all of it; inside, {@code BrokerTable} knows brokers and clusters and {@code TopicTable} the queues. {@link
 * io.orbitmq.nameserver.route.Departures} collects brokers that leave and removes them in batches on the scheduler's
 * thread. Source: protocol/02 sections 3 to 6.
 */
package io.orbitmq.nameserver.route;
