package io.orbitmq.compat.client;

/**
 * Started official producers of transactional messages, of one client version. The adapter's class is loaded beside {@link
 * OfficialClient}. Failures of the library arrive as {@link ClientFailure}.
 */
public interface TestTransactions {

    /** What an application decides about a message. */
    enum Decision {
        COMMIT,
        ROLL_BACK,
        UNKNOWN
    }

    /** The application's part; called on the library's threads. */
    interface Decider {

        /** Right after the half message was stored. */
        Decision first(String text, String transactionId);

        /** When the broker asks. */
        Decision asked(Received message, String transactionId);
    }

    /** Starts a producer. */
    Started start(ProducerPlan plan, Decider decider);

    /** A started producer. */
    interface Started extends AutoCloseable {

        /** Sends the half message and lets the decider decide. */
        Sent send(Outgoing message);

        @Override
        void close();
    }

    /** The one of a client version. */
    static TestTransactions of(ClientVersion version) {
        return AdapterClass.make(version, "io.orbitmq.compat.adapter.AdaptedTransactions", TestTransactions.class);
    }
}
