/**
 * Who consumes which queues, decided on the broker: consumers that do not share out queues among themselves ask here
 * (protocol/07 section 15), and learn too whether to pull or to pop. Start reading at {@link
 * io.orbitmq.broker.assignment.Assignments}. {@link io.orbitmq.broker.assignment.RequestModes} keeps what operators set, as
 * records of the log; who is alive comes from {@code broker.group}, the queues of other brokers from the nameserver. All of
 * it is safe for any thread and never waits.
 */
package io.orbitmq.broker.assignment;
