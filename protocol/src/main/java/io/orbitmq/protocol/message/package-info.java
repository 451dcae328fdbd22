/**
 * The stored message record, byte for byte the same on disk and on the wire, and what is inside it: properties, ids,
 * tag hashes, names, batches. Start reading at {@code MessageRecord} (the layout) and {@link
 * io.orbitmq.protocol.message.MessageDraft} (a message the log has not placed yet). Pure functions. Source: protocol/03.
 */
package io.orbitmq.protocol.message;
