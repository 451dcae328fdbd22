package io.orbitmq.broker;

import java.time.Duration;

/**
 * Transactional messages (protocol/06 section 4.8).
 *
 * @param timeout [transactionTimeOut] how long a producer has to decide before it is asked
 * @param checkMax [transactionCheckMax] how often a producer is asked before the broker gives up
 * @param checkInterval [transactionCheckInterval] time between two questions about the same transaction
 */
public record TransactionSettings(Duration timeout, int checkMax, Duration checkInterval) {

    public TransactionSettings {
        Check.positive("transactionTimeOut", timeout);
        Check.range("transactionCheckMax", checkMax, 1, 1_000_000);
        Check.positive("transactionCheckInterval", checkInterval);
    }

    public static TransactionSettings defaults() {
        return new TransactionSettings(Duration.ofSeconds(6), 15, Duration.ofSeconds(30));
    }
}
