/**
 * Which segments of the log may go, and when the disk is too full to take more. Start reading at {@link
 * io.orbitmq.store.retention.RetentionRule}, a pure decision; {@link io.orbitmq.store.retention.LogCleaner} asks it every
 * few seconds on the store's background scheduler and acts through {@link io.orbitmq.store.retention.RetainedLog}. Source:
 * protocol/05 section 11.
 */
package io.orbitmq.store.retention;
