package io.orbitmq.broker.traffic;

/**
 * A series in a {@link SeriesTable}, for who keeps it to count often: the table forgets a series that is still for a day,
 * and takes it back when something is counted again. Counts for the table's total too. Any thread.
 */
final class ListedSeries extends Series implements TrafficRecorder.Counter {

    private final SeriesTable table;
    private final SeriesTable.Key key;
    private volatile boolean forgotten;

    ListedSeries(SeriesTable table, SeriesTable.Key key) {
        this.table = table;
        this.key = key;
    }

    @Override
    public void add(int count, long bytes) {
        Series listed = forgotten ? table.takeBack(this) : this;
        listed.add((long) count, bytes);
        table.total().add((long) count, bytes);
    }

    @Override
    public int look() {
        return (int) count() + (forgotten ? 1 : 0);
    }

    SeriesTable.Key key() {
        return key;
    }

    void setForgotten(boolean isForgotten) {
        forgotten = isForgotten;
    }
}
