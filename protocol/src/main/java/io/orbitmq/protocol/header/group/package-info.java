/**
 * Headers of requests about groups and their clients: heartbeat, lists, relays. Source: protocol/07 and 11.
 * Each header is a record: {@code from(Fields)} reads it, {@code toFields()} writes it, wire names stand nowhere else.
 * A field the request cannot do without throws {@code MissingFieldException}. Immutable; any thread.
 */
package io.orbitmq.protocol.header.group;
