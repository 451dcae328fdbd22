package io.orbitmq.server.demo;

import java.util.BitSet;

/** Which messages arrived, and how often. Written by the consumer's event loop; counts may be read by any thread. */
final class Ledger {

    private final int expected;
    private final BitSet seen;
    private volatile int distinct;
    private volatile int duplicates;
    private volatile int strangers;

    Ledger(int expected) {
        this.expected = expected;
        this.seen = new BitSet(expected);
    }

    /** @param number of the message; negative or too large counts as a stranger */
    void arrived(int number) {
        if (number < 0 || number >= expected) {
            strangers++;
        } else if (seen.get(number)) {
            duplicates++;
        } else {
            seen.set(number);
            distinct++;
        }
    }

    /** Different messages that arrived. */
    int distinct() {
        return distinct;
    }

    /** Arrivals of a message that had arrived before. */
    int duplicates() {
        return duplicates;
    }

    /** Arrivals that are no message of ours, or damaged. */
    int strangers() {
        return strangers;
    }

    boolean isComplete() {
        return distinct == expected;
    }
}
