/**
 * Telling nameservers about this broker. Start reading at {@link
 * io.orbitmq.broker.registration.NameserverRegistration}; one {@code NameserverLink} for each nameserver keeps its own
 * order and its own retries, so that an unreachable one never holds up another. State is guarded by each link; calls
 * run on the remoting client. Source: protocol/02 sections 3 and 9.
 */
package io.orbitmq.broker.registration;
