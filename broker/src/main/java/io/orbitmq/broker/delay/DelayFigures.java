package io.orbitmq.broker.delay;

/**
 * Figures of delayed delivery; all but the first three count since the start.
 *
 * @param waitingInLevels messages that wait in a level
 * @param waitingForTime messages that wait for a time of their own
 * @param pendingRecalls recalls of messages whose time has not come
 * @param delivered messages delivered
 * @param rolled messages appended again because their time is far
 * @param recalled messages not delivered because they were recalled
 * @param dropped messages not deliverable: topic or record gone, or too large
 * @param refused attempts that the store refused and that were repeated
 */
public record DelayFigures(
        long waitingInLevels,
        long waitingForTime,
        int pendingRecalls,
        long delivered,
        long rolled,
        long recalled,
        long dropped,
        long refused) {}
