/**
 * JMH benchmarks of the pieces that every message passes: header codecs, records and their checksums, the store, its
 * indexes, filters, and the whole way of a send. Run them with {@code bin/orbitmq-bench micro [PATTERN]}. JMH owns the
 * threads; state is one object a thread. They show where time goes and what a change does; what a user gets is measured
 * by {@code compare}.
 */
package io.orbitmq.benchmarks.micro;
