/**
 * Headers and texts of pop consumption. Start reading at {@link io.orbitmq.protocol.header.pop.PopRequestHeader}; {@link
 * io.orbitmq.protocol.header.pop.ReceiptHandle} is what an ack names a delivery by, {@link
 * io.orbitmq.protocol.header.pop.OffsetTexts} writes the lists of offsets of an answer. Source: protocol/08. Each header is
 * a record: {@code from(Fields)} reads it, {@code toFields()} writes it, wire names stand nowhere else. A field the
 * request cannot do without throws {@code MissingFieldException}. Immutable; any thread.
 */
package io.orbitmq.protocol.header.pop;
