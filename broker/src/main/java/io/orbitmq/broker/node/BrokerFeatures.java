package io.orbitmq.broker.node;

import io.orbitmq.broker.assignment.Assignments;
import io.orbitmq.broker.delay.RecallHandler;
import io.orbitmq.broker.pop.Pops;
import io.orbitmq.broker.pull.PullHandler;
import io.orbitmq.broker.transaction.Transactions;

/**
 * What the table of requests takes ready made.
 *
 * @param pull pulls
 * @param recall withdrawals of delayed messages
 * @param transactions transactional messages
 * @param pops pop consumption
 * @param assignments who consumes which queues
 */
record BrokerFeatures(
        PullHandler pull, RecallHandler recall, Transactions transactions, Pops pops, Assignments assignments) {}
