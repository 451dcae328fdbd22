/**
 * Headers of requests about topics. Source: protocol/11 section 3.2.
 * Each header is a record: {@code from(Fields)} reads it, {@code toFields()} writes it, wire names stand nowhere else.
 * A field the request cannot do without throws {@code MissingFieldException}. Immutable; any thread.
 */
package io.orbitmq.protocol.header.topic;
