/**
 * Asks a running cluster over the wire, as an operator's tool does. Start reading at {@link
 * io.orbitmq.server.cluster.ClusterCalls}: it finds brokers and queues through the nameservers and turns refusals into
 * sentences. Blocking calls belong to the thread that runs the command.
 */
package io.orbitmq.server.cluster;
