/**
 * Headers of sends and of what belongs to them: answers, send-back, recall, transactions, replies. Start reading at {@link
 * io.orbitmq.protocol.header.send.SendMessageHeader}, which a broker reads as far as it needs as a {@link
 * io.orbitmq.protocol.header.send.ReceivedSend}. Source: protocol/04, 06, 07.
 * Each header is a record: {@code from(Fields)} reads it, {@code toFields()} writes it, wire names stand nowhere else.
 * A field the request cannot do without throws {@code MissingFieldException}. Immutable; any thread.
 */
package io.orbitmq.protocol.header.send;
