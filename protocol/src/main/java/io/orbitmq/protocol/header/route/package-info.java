/**
 * Headers of the nameserver's requests. Start reading at {@link io.orbitmq.protocol.header.route.RegisterBrokerHeader}.
 * Missing fields are empty, as the nameserver takes them. Source: protocol/02.
 * Each header is a record: {@code from(Fields)} reads it, {@code toFields()} writes it, wire names stand nowhere else.
 * A field the request cannot do without throws {@code MissingFieldException}. Immutable; any thread.
 */
package io.orbitmq.protocol.header.route;
