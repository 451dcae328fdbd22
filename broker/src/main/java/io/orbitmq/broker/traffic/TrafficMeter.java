package io.orbitmq.broker.traffic;

import io.orbitmq.foundation.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The figures behind {@link TrafficRecorder}. {@link #sample} must be called every {@link #SAMPLE_SECONDS} seconds by one
 * thread; everything else by any.
 */
public final class TrafficMeter implements TrafficRecorder {

    public static final int SAMPLE_SECONDS = 10;

    private static final int MAX_SERIES = 20_000;
    private static final String NO_GROUP = "";

    private final Clock clock;
    private final ZoneId zone;
    private final SampleTimes times;
    private final Series allSent = new Series();
    private final Series allPulled = new Series();
    private final SeriesTable sent = new SeriesTable(MAX_SERIES, allSent);
    private final SeriesTable pulled = new SeriesTable(MAX_SERIES, allPulled);
    private final SeriesTable sentBack = new SeriesTable(MAX_SERIES, new Series());
    private final Series foundPulls = new Series();
    private final Series missedPulls = new Series();
    private final Series timersEntered = new Series();
    private final Series timersLeft = new Series();
    private final AnswerTimes answerTimes = new AnswerTimes();

    private LocalDate today;
    private DailyTotals sentByDay = new DailyTotals(0, 0, 0);
    private DailyTotals pulledByDay = new DailyTotals(0, 0, 0);

    /** @param zone whose midnight begins a day */
    public TrafficMeter(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
        this.times = new SampleTimes(clock.epochMs());
        this.today = dateNow();
    }

    /** Figures that are kept per topic, or per topic and group. */
    public enum Kind {
        SENT,
        PULLED,
        SENT_BACK
    }

    /** Figures of the whole broker. */
    public enum Total {
        SENT,
        PULLED,
        FOUND_PULLS,
        MISSED_PULLS,
        /** Messages that began to wait for a time of their own. */
        TIMERS_ENTERED,
        /** Those of them that were delivered. */
        TIMERS_LEFT
    }

    @Override
    public void sent(String topic, int count, long bytes) {
        sentTo(topic).add(count, bytes);
    }

    @Override
    public Counter sentTo(String topic) {
        return sent.of(topic, NO_GROUP);
    }

    @Override
    public void pulled(String group, String topic, int count, long bytes) {
        pulled.of(topic, group).add(count, bytes);
        foundPulls.add(1, bytes);
    }

    @Override
    public void sentBack(String group, String topic, int count) {
        sentBack.of(topic, group).add(count, 0);
    }

    @Override
    public void missed() {
        missedPulls.add(1, 0);
    }

    @Override
    public void stored(int count, long nanos) {
        answerTimes.stored(count, nanos);
    }

    @Override
    public void read(long nanos) {
        answerTimes.read(nanos);
    }

    @Override
    public void timerEntered() {
        timersEntered.add(1, 0);
    }

    @Override
    public void timerLeft() {
        timersLeft.add(1, 0);
    }

    /** Takes a sample of everything. */
    public void sample() {
        long now = clock.epochMs();
        times.next(now);
        sent.sample(times, now);
        pulled.sample(times, now);
        sentBack.sample(times, now);
        for (Total total : Total.values()) {
            seriesOf(total).sample(times);
        }
        turnDay();
    }

    /** Empty when there was none within a day. */
    public Optional<Traffic> over(Span span, Kind kind, String topic, String group) {
        return tableOf(kind)
                .find(topic, kind == Kind.SENT ? NO_GROUP : group)
                .map(series -> series.over(span, times, clock.epochMs()));
    }

    /** How long answers took. */
    public AnswerTimes answerTimes() {
        return answerTimes;
    }

    public Traffic over(Span span, Total total) {
        return seriesOf(total).over(span, times, clock.epochMs());
    }

    public synchronized DailyTotals sentByDay() {
        return sentByDay.at(allSent.count());
    }

    public synchronized DailyTotals pulledByDay() {
        return pulledByDay.at(allPulled.count());
    }

    private synchronized void turnDay() {
        LocalDate date = dateNow();
        if (date.isAfter(today)) {
            today = date;
            sentByDay = sentByDay.nextDay(allSent.count());
            pulledByDay = pulledByDay.nextDay(allPulled.count());
        }
    }

    private LocalDate dateNow() {
        return Instant.ofEpochMilli(clock.epochMs()).atZone(zone).toLocalDate();
    }

    private SeriesTable tableOf(Kind kind) {
        return switch (kind) {
            case SENT -> sent;
            case PULLED -> pulled;
            case SENT_BACK -> sentBack;
        };
    }

    private Series seriesOf(Total total) {
        return switch (total) {
            case SENT -> allSent;
            case PULLED -> allPulled;
            case FOUND_PULLS -> foundPulls;
            case MISSED_PULLS -> missedPulls;
            case TIMERS_ENTERED -> timersEntered;
            case TIMERS_LEFT -> timersLeft;
        };
    }
}
