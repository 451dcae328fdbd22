/**
 * How the broker's tables are written to the log: {@link io.orbitmq.broker.state.StateLog} appends a change and tells
 * when it is durable; {@link io.orbitmq.broker.state.StateWriter} and {@link io.orbitmq.broker.state.StateReader} encode
 * it. Decide, then apply: tables change only inside {@code StateTable.apply}, in normal operation and recovery alike.
 * Any thread; no state of its own.
 */
package io.orbitmq.broker.state;
