/**
 * Messages that consumers give back: {@link io.orbitmq.broker.retry.SendBackHandler} (code 36) copies the message into
 * the group's retry topic by way of a delay level or the wait of the group's own policy, or into its dead letters. Runs on a pool, because the message may have
 * to be read from disk; no state of its own. Source: protocol/07 section 10.
 */
package io.orbitmq.broker.retry;
