package io.orbitmq.broker.traffic;

/**
 * Told by the message paths what they moved. Safe for any thread; never blocks; costs a table lookup and two additions.
 * The figures are statistics and start at zero with the process.
 */
public interface TrafficRecorder {

    /** Forgets everything; for tests and for parts that do not care. */
    TrafficRecorder NONE = new TrafficRecorder() {
        @Override
        public void sent(String topic, int count, long bytes) {}

        @Override
        public void pulled(String group, String topic, int count, long bytes) {}

        @Override
        public void sentBack(String group, String topic, int count) {}

        @Override
        public void missed() {}
    };

    /** {@code count} messages of together {@code bytes} were stored in {@code topic}. */
    void sent(String topic, int count, long bytes);

    /** For who stores in a topic often: takes what {@link #sent} takes without looking the topic up. */
    default Counter sentTo(String topic) {
        return (count, bytes) -> sent(topic, count, bytes);
    }

    /** Counts for one topic. Safe for any thread. */
    @FunctionalInterface
    interface Counter {

        /** {@code count} messages of together {@code bytes}. */
        void add(int count, long bytes);

        /** Looks at what {@link #add} will change, to have it in the processor's cache by then; the result has no meaning. */
        default int look() {
            return 0;
        }
    }

    /** {@code count} messages of together {@code bytes} of {@code topic} were handed to {@code group}. */
    void pulled(String group, String topic, int count, long bytes);

    /** {@code count} messages of {@code topic} were given back by {@code group} for another try. */
    void sentBack(String group, String topic, int count);

    /** A pull found nothing to hand out. */
    void missed();

    /** {@code count} messages of one turn became durable, so long after they were taken. */
    default void stored(int count, long nanos) {}

    /** The read of a pull took so long. */
    default void read(long nanos) {}

    /** A message began to wait for a time of its own. */
    default void timerEntered() {}

    /** A message that waited for a time of its own was delivered. */
    default void timerLeft() {}
}
