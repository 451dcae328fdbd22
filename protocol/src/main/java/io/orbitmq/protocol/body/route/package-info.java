/**
 * Bodies of the nameserver's answers. Start reading at {@link io.orbitmq.protocol.body.route.TopicRoute}. Immutable
 * values; any thread. Source: protocol/02 sections 5 and 6.
 */
package io.orbitmq.protocol.body.route;
