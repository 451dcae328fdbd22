package io.orbitmq.broker.delay;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.store.MessageStore;

/**
 * What lanes work with.
 *
 * @param table what is settled
 * @param store messages
 * @param delivery appends
 * @param clock time
 */
record LaneParts(DelayTable table, MessageStore store, Delivery delivery, Clock clock) {}
