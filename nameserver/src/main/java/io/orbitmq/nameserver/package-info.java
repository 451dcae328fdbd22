/**
 * The nameserver: which broker holds which topic, and key-value settings. Start reading at {@code
 * node.NameserverNode} (wiring, start and stop), then {@code request.NameserverHandlers} (the table of all requests) and
 * {@code route.RouteTable} (the state). Nameservers do not know each other; brokers register with all of them, so
 * everything but the settings is memory only. Source: protocol/02.
 */
package io.orbitmq.nameserver;
