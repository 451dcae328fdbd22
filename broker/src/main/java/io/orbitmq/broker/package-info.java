/**
 * What clients may do with topics and groups. This package is the vocabulary: the settings, as a tree of immutable
 * records rooted at {@link io.orbitmq.broker.BrokerConfig}, and {@link io.orbitmq.broker.LiveConfig}, the place where a
 * running broker's settings are read and replaced. Capabilities live below, lower lines import upper lines only:
 * request; topic; group; offset; filter; longpoll; send, pull, query, delay, registration; retry; manage; node. Start
 * reading at {@code node}, whose table shows code, handler and lane. Source: protocol/04, 07, 15.
 */
package io.orbitmq.broker;
