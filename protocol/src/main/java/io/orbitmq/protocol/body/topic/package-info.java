/**
 * Bodies about topics. Start reading at {@link io.orbitmq.protocol.body.topic.TopicConfig}, then {@link
 * io.orbitmq.protocol.body.topic.RegisterBrokerBody}, which carries all of a broker's topics to the nameserver. Immutable
 * values; any thread. Source: protocol/02 section 3, protocol/11 section 3.2.
 */
package io.orbitmq.protocol.body.topic;
