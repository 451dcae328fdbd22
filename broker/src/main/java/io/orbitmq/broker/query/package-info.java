/**
 * Questions about queues and messages that change nothing: offsets, offset by time, messages by key and by position. One
 * handler per request; {@link io.orbitmq.broker.query.QueueEndHandler} may run on the event loop, the others look at
 * records and may wait for the disk, so they belong on a pool. Source: protocol/05 sections 4.1 and 5, protocol/07
 * section 8.
 */
package io.orbitmq.broker.query;
