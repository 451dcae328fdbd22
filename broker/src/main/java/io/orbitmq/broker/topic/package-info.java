/**
 * Which topics exist, with how many queues and what permissions. Start reading at {@link io.orbitmq.broker.topic.Topics},
 * the front door; {@link io.orbitmq.broker.topic.TopicTable} is the state it keeps in the log, {@link
 * io.orbitmq.broker.topic.SystemTopics} what every broker has. Changes are decided one at a time; reading never waits.
 * Any thread. Source: protocol/03 section 10.1, protocol/04 section 2.1, protocol/02 section 3.
 */
package io.orbitmq.broker.topic;
