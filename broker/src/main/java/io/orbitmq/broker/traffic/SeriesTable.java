package io.orbitmq.broker.traffic;

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
    private final Map<Key, ListedSeries> listed = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final ListedSeries others = new ListedSeries(this, new Key("", ""));
    private final Series total;

    /** What a series is found by. */
    record Key(String topic, String group) {}

    /** @param total counts what all series of the table count, and those it has forgotten */
    SeriesTable(int maxSeries, Series total) {
        this.maxSeries = maxSeries;
        this.total = total;
    }

    Series total() {
        return total;
    }

    ListedSeries of(String topic, String group) {
        Key key = new Key(topic, group);
        ListedSeries series = listed.get(key);
        return series == null ? create(key) : series;
    }

    Optional<Series> find(String topic, String group) {
        return Optional.ofNullable(listed.get(new Key(topic, group)));
    }

    /** Takes a sample of all series and forgets those that have been still for a day. */
    void sample(SampleTimes times, long nowMs) {
        for (ListedSeries series : listed.values()) {
            boolean still = series.over(Span.DAY, times, nowMs).count() == 0;
            series.sample(times);
            if (still) {
                listed.remove(series.key());
                series.setForgotten(true);
                size.decrementAndGet();
            }
        }
    }

    private ListedSeries create(Key key) {
        return size.get() >= maxSeries ? others : list(new ListedSeries(this, key));
    }

    /** Lists a series again that was forgotten; gives the one that is listed in its place, if there is one. */
    ListedSeries takeBack(ListedSeries series) {
        if (size.get() >= maxSeries) {
            return others;
        }
        ListedSeries inItsPlace = list(series);
        if (inItsPlace == series) {
            series.setForgotten(false);
        }
        return inItsPlace;
    }

    private ListedSeries list(ListedSeries series) {
        ListedSeries before = listed.putIfAbsent(series.key(), series);
        if (before != null) {
            return before;
        }
        size.incrementAndGet();
        return series;
    }
}
