package io.orbitmq.broker.traffic;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Series by topic, or by topic and group; the group is empty for series of a topic alone. Holds at most a given number;
 * what comes over it is added to one series nobody asks for, so that names made up by clients cannot fill the memory.
 */
final class SeriesTable {

    private final int maxSeries;
    private final Map<String, Map<String, Series>> byTopic = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Series others = new Series();

    SeriesTable(int maxSeries) {
        this.maxSeries = maxSeries;
    }

    Series of(String topic, String group) {
        Map<String, Series> groups = byTopic.get(topic);
        Series series = groups == null ? null : groups.get(group);
        return series == null ? create(topic, group) : series;
    }

    Optional<Series> find(String topic, String group) {
        return Optional.ofNullable(
                byTopic.getOrDefault(topic, Collections.emptyMap()).get(group));
    }

    /** Takes a sample of all series and forgets those that have been still for a day. */
    void sample(SampleTimes times, long nowMs) {
        for (Map.Entry<String, Map<String, Series>> topic : byTopic.entrySet()) {
            topic.getValue().values().removeIf(series -> sampleAndJudge(series, times, nowMs));
            byTopic.computeIfPresent(topic.getKey(), (name, groups) -> groups.isEmpty() ? null : groups);
        }
    }

    private boolean sampleAndJudge(Series series, SampleTimes times, long nowMs) {
        boolean still = series.over(Span.DAY, times, nowMs).count() == 0;
        series.sample(times);
        if (still) {
            series.markForgotten();
            size.decrementAndGet();
        }
        return still;
    }

    private Series create(String topic, String group) {
        if (size.get() >= maxSeries) {
            return others;
        }
        Series[] found = new Series[1];
        byTopic.compute(topic, (name, groups) -> {
            Map<String, Series> into = groups == null ? new ConcurrentHashMap<>() : groups;
            found[0] = into.computeIfAbsent(group, ignored -> {
                size.incrementAndGet();
                return new Series();
            });
            return into;
        });
        return found[0];
    }
}
