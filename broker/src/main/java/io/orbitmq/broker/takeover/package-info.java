/**
 * The first opening of a store that Apache RocketMQ 5.3.3 wrote. Its messages need nothing: the log's format is the same.
 * Topics, groups, offsets, delayed messages and transactions stand partly in files beside the log (protocol/05 section 7);
 * what they say is appended to the log as records, once. A record before and one behind them tell whether that began and
 * whether it is done, so that a crash in between only means that it is done again. Start reading at {@code StoreTakeover}.
 *
 * <p>Threads: all on the thread that opens the broker, before anything is served; it waits for the disk.
 */
package io.orbitmq.broker.takeover;
