/**
 * Opening a store: find the log's end, cut a torn tail, refuse damaged durable data, feed the indexes and state tables
 * with what they miss. Start reading at {@link io.orbitmq.store.recovery.Recovery}; {@link
 * io.orbitmq.store.recovery.LogScanner} walks and checks records. Runs on the opening thread, before anything else.
 */
package io.orbitmq.store.recovery;
