package io.orbitmq.compat.durability;

import io.orbitmq.compat.client.Queue;

/** An answered send: where the server said it put the message, and the checksum of what was sent. */
record Acknowledged(long number, Queue queue, long queueOffset, String offsetMessageId, int checksum) {}
