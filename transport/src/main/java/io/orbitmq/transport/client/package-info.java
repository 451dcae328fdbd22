/**
 * The connecting side: start reading at {@link io.orbitmq.transport.client.RemotingClient}. One connection per address,
 * made when first needed and again after it was lost. Which address to talk to is the caller's business. Connections
 * belong to the client's own event loops.
 */
package io.orbitmq.transport.client;
