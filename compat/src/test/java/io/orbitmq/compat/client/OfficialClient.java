package io.orbitmq.compat.client;

/** One version of the official client library. Everything it answers is started already and must be closed by the caller. */
public interface OfficialClient {

    /** Starts a producer. */
    TestProducer producer(ProducerPlan plan);

    /** Starts a push consumer that hands its messages to {@code listener}, on the library's own threads. */
    TestConsumer push(ConsumerPlan plan, MessageListener listener);

    /** Starts a lite pull consumer, subscribed to the plan's topic. */
    TestLitePull litePull(ConsumerPlan plan);

    /** Starts a lite pull consumer without subscription; queues are assigned by hand. */
    TestLitePull litePullWithoutSubscription(ConsumerPlan plan);

    /** Starts an old style pull consumer. */
    TestPull pull(ConsumerPlan plan);
}
