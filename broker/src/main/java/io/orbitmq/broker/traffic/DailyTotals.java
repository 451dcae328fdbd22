package io.orbitmq.broker.traffic;

/**
 * A running total at the last two midnights and now, for the day's figures of operators. A broker that was not running
 * at a midnight shows the total at its start, zero.
 *
 * @param yesterdayMorning total at the midnight before the last
 * @param todayMorning total at the last midnight
 * @param now total now
 */
public record DailyTotals(long yesterdayMorning, long todayMorning, long now) {

    DailyTotals at(long total) {
        return new DailyTotals(yesterdayMorning, todayMorning, total);
    }

    DailyTotals nextDay(long total) {
        return new DailyTotals(todayMorning, total, total);
    }
}
