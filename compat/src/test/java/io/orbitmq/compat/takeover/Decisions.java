package io.orbitmq.compat.takeover;

import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestTransactions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An application that knows some decisions at once and the others only after the change of brokers. */
final class Decisions implements TestTransactions.Decider {

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private volatile boolean knows;

    @Override
    public TestTransactions.Decision first(String text, String transactionId) {
        return switch (text) {
            case "commit at once" -> TestTransactions.Decision.COMMIT;
            case "roll back at once" -> TestTransactions.Decision.ROLL_BACK;
            default -> TestTransactions.Decision.UNKNOWN;
        };
    }

    @Override
    public TestTransactions.Decision asked(Received message, String transactionId) {
        asked.add(transactionId);
        if (!knows) {
            return TestTransactions.Decision.UNKNOWN;
        }
        return message.text().endsWith("commit")
                ? TestTransactions.Decision.COMMIT
                : TestTransactions.Decision.ROLL_BACK;
    }

    /** From now on every question has an answer; forgets which were asked. */
    void becomeKnown() {
        asked.clear();
        knows = true;
    }

    /** Transactions that were asked about. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }
}
