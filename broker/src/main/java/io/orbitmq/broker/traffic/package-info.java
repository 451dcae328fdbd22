/**
 * How many messages go in and out: cheap counters per topic and per consumer group, read by operators as totals and as
 * rates over the last minute, hour and day. Start reading at {@link io.orbitmq.broker.traffic.TrafficRecorder}, which the
 * message paths call. Any thread records; one scheduler task takes the samples.
 */
package io.orbitmq.broker.traffic;
