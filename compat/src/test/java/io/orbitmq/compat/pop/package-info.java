/**
 * Pop consumption: the official 5.3.3 push consumer whose queues the broker shares out, and the requests themselves as no
 * client of the remoting protocol sends them all. Start reading at {@link io.orbitmq.compat.pop.PopConsumerTest} and
 * {@link io.orbitmq.compat.pop.PopRequests}.
 */
package io.orbitmq.compat.pop;
