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
    private final Map<String, Map<String, ListedSeries>> byTopic = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final ListedSeries others = new ListedSeries(this, "", "");
    private final Series total;

    /** @param total counts what all series of the table count, and those it has forgotten */
    SeriesTable(int maxSeries, Series total) {
        this.maxSeries = maxSeries;
        this.total = total;
    }

    Series total() {
        return total;
    }

    ListedSeries of(String topic, String group) {
        Map<String, ListedSeries> groups = byTopic.get(topic);
        ListedSeries series = groups == null ? null : groups.get(group);
        return series == null ? create(topic, group) : series;
    }

    Optional<Series> find(String topic, String group) {
        return Optional.ofNullable(
                byTopic.getOrDefault(topic, Collections.emptyMap()).get(group));
    }

    /** Takes a sample of all series and forgets those that have been still for a day. */
    void sample(SampleTimes times, long nowMs) {
        for (Map.Entry<String, Map<String, ListedSeries>> topic : byTopic.entrySet()) {
            topic.getValue().values().removeIf(series -> sampleAndJudge(series, times, nowMs));
            byTopic.computeIfPresent(topic.getKey(), (name, groups) -> groups.isEmpty() ? null : groups);
        }
    }

    private boolean sampleAndJudge(ListedSeries series, SampleTimes times, long nowMs) {
        boolean still = series.over(Span.DAY, times, nowMs).count() == 0;
        series.sample(times);
        if (still) {
            series.setForgotten(true);
            size.decrementAndGet();
        }
        return still;
    }

    private ListedSeries create(String topic, String group) {
        return size.get() >= maxSeries ? others : list(new ListedSeries(this, topic, group));
    }

    /** Lists a series again that was forgotten; gives the one that is listed in its place, if there is one. */
    ListedSeries takeBack(ListedSeries series) {
        if (size.get() >= maxSeries) {
            return others;
        }
        ListedSeries listed = list(series);
        if (listed == series) {
            series.setForgotten(false);
        }
        return listed;
    }

    private ListedSeries list(ListedSeries series) {
        ListedSeries[] listed = new ListedSeries[1];
        byTopic.compute(series.topic(), (name, groups) -> {
            Map<String, ListedSeries> into = groups == null ? new ConcurrentHashMap<>() : groups;
            listed[0] = into.computeIfAbsent(series.group(), ignored -> {
                size.incrementAndGet();
                return series;
            });
            return into;
        });
        return listed[0];
    }
}
