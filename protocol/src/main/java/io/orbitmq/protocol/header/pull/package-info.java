/**
 * Headers of pulls. Start reading at {@link io.orbitmq.protocol.header.pull.PullRequestHeader}. Source: protocol/07 section 5.
 * Each header is a record: {@code from(Fields)} reads it, {@code toFields()} writes it, wire names stand nowhere else.
 * A field the request cannot do without throws {@code MissingFieldException}. Immutable; any thread.
 */
package io.orbitmq.protocol.header.pull;
