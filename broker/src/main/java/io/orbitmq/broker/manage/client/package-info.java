/**
 * Operators' requests about connected clients: who is there, and questions passed on to a client over its own connection
 * ({@link io.orbitmq.broker.manage.client.ClientRelay}). Runs on the administration's pool; a relayed question waits for
 * the client without holding a thread. Source: protocol/11 section 3.4, protocol/07 section 13.
 */
package io.orbitmq.broker.manage.client;
