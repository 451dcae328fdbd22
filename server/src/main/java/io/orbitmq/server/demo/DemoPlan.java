package io.orbitmq.server.demo;

/**
 * How much the demonstration does.
 *
 * @param messages number of messages
 * @param bodyBytes size of each body, at least 16
 * @param queues queues of the topic
 * @param inFlight most sends that wait for their answer at a time
 */
public record DemoPlan(int messages, int bodyBytes, int queues, int inFlight) {

    public static final int DEFAULT_MESSAGES = 100_000;
    public static final int DEFAULT_BODY_BYTES = 256;

    public DemoPlan {
        check("--messages", messages, 1, 100_000_000);
        check("--size", bodyBytes, DemoBody.LEAST_BYTES, 1024 * 1024);
        check("queues", queues, 1, 1024);
        check("sends in flight", inFlight, 1, 10_000);
    }

    /** Eight queues, 256 sends in flight. */
    public static DemoPlan of(int messages, int bodyBytes) {
        return new DemoPlan(messages, bodyBytes, 8, 256);
    }

    private static void check(String what, int found, int least, int most) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + most + ", found " + found);
        }
    }
}
