/**
 * Subscriptions turned into tests that the store can ask per message. Start reading at {@link
 * io.orbitmq.broker.filter.FilterCompiler}. Pure functions and immutable results; any thread. Tag expressions
 * and SQL92 are compiled once per subscription. Source: protocol/09.
 */
package io.orbitmq.broker.filter;
