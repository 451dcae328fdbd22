/**
 * Operators' requests about topics: create, change, delete, list, watch. {@link
 * io.orbitmq.broker.manage.topic.TopicRules} holds what a posted topic must keep to. Runs on the administration's pool.
 * Source: protocol/11 section 3.2.
 */
package io.orbitmq.broker.manage.topic;
