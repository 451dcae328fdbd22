package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.MessageListener;
import io.orbitmq.compat.client.OfficialClient;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.TestConsumer;
import io.orbitmq.compat.client.TestLitePull;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;

/** The front door: builds and starts the library's objects. */
@SuppressWarnings("deprecation") // The deprecated half of the API is in use all over.
public final class AdaptedClient implements OfficialClient {

    private static final String SQL = "sql:";
    private static final int SUSPEND_MS = 100;
    private static final int PULL_HOLD_MS = 5_000;
    /** Closing waits so long for listeners to return: else what they have just taken counts as not consumed. */
    private static final long LISTENERS_END_MS = 2_000;

    @Override
    public TestProducer producer(ProducerPlan plan) {
        DefaultMQProducer producer =
                plan.traced() ? new DefaultMQProducer(plan.group(), true, null) : new DefaultMQProducer(plan.group());
        common(producer, plan.nameserver(), plan.vipChannel());
        plan.instanceName().ifPresent(producer::setInstanceName);
        producer.setSendMsgTimeout(plan.sendTimeoutMs());
        producer.setMaxMessageSize(plan.maxMessageBytes());
        Checked.run(producer::start);
        return new AdaptedProducer(producer);
    }

    @Override
    public TestConsumer push(ConsumerPlan plan, MessageListener listener) {
        DefaultMQPushConsumer consumer = plan.rarely().traced()
                ? new DefaultMQPushConsumer(plan.group(), true, null)
                : new DefaultMQPushConsumer(plan.group());
        common(consumer, plan.nameserver(), plan.vipChannel());
        plan.instanceName().ifPresent(consumer::setInstanceName);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setConsumeThreadMin(plan.rarely().threads());
        consumer.setConsumeThreadMax(plan.rarely().threads());
        consumer.setSuspendCurrentQueueTimeMillis(SUSPEND_MS);
        consumer.setPersistConsumerOffsetInterval(1_000);
        consumer.setAwaitTerminationMillisWhenShutdown(LISTENERS_END_MS);
        consumer.setMaxReconsumeTimes(plan.rarely().retries());
        if (plan.rarely().popInvisibleMs() > 0) {
            consumer.setClientRebalance(false);
            consumer.setPopInvisibleTime(plan.rarely().popInvisibleMs());
        }
        listen(consumer, plan, listener);
        Checked.run(() -> {
            if (plan.broadcasting()) {
                Variations.broadcasting(consumer);
            }
            subscribe(consumer, plan);
            consumer.start();
        });
        return new AdaptedConsumer(consumer);
    }

    private static void listen(DefaultMQPushConsumer consumer, ConsumerPlan plan, MessageListener listener) {
        if (plan.orderly()) {
            consumer.registerMessageListener(
                    (MessageListenerOrderly) (messages, context) -> listener.onMessages(Translated.received(messages))
                            ? ConsumeOrderlyStatus.SUCCESS
                            : ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT);
        } else {
            consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
                // Level 0 is the first entry of pop's own table, ten seconds; of the delay levels the first is one
                // second.
                context.setDelayLevelWhenNextConsume(plan.rarely().popInvisibleMs() > 0 ? 0 : 1);
                return listener.onMessages(Translated.received(messages))
                        ? ConsumeConcurrentlyStatus.CONSUME_SUCCESS
                        : ConsumeConcurrentlyStatus.RECONSUME_LATER;
            });
        }
    }

    private static void subscribe(DefaultMQPushConsumer consumer, ConsumerPlan plan) throws MQClientException {
        if (plan.expression().startsWith(SQL)) {
            consumer.subscribe(
                    plan.topic(), MessageSelector.bySql(plan.expression().substring(SQL.length())));
        } else {
            consumer.subscribe(plan.topic(), plan.expression());
        }
    }

    @Override
    public TestLitePull litePull(ConsumerPlan plan) {
        DefaultLitePullConsumer consumer = lite(plan);
        Checked.run(() -> {
            consumer.subscribe(plan.topic(), plan.expression());
            consumer.start();
        });
        return new AdaptedLitePull(consumer);
    }

    @Override
    public TestLitePull litePullWithoutSubscription(ConsumerPlan plan) {
        DefaultLitePullConsumer consumer = lite(plan);
        Checked.run(consumer::start);
        return new AdaptedLitePull(consumer);
    }

    private static DefaultLitePullConsumer lite(ConsumerPlan plan) {
        DefaultLitePullConsumer consumer = new DefaultLitePullConsumer(plan.group());
        common(consumer, plan.nameserver(), plan.vipChannel());
        plan.instanceName().ifPresent(consumer::setInstanceName);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setAutoCommit(false);
        return consumer;
    }

    @Override
    public TestPull pull(ConsumerPlan plan) {
        DefaultMQPullConsumer consumer = new DefaultMQPullConsumer(plan.group());
        common(consumer, plan.nameserver(), plan.vipChannel());
        plan.instanceName().ifPresent(consumer::setInstanceName);
        consumer.setBrokerSuspendMaxTimeMillis(PULL_HOLD_MS);
        Checked.run(consumer::start);
        return new AdaptedPull(consumer);
    }

    private static void common(ClientConfig config, String nameserver, boolean vipChannel) {
        config.setNamesrvAddr(nameserver);
        config.setVipChannelEnabled(vipChannel);
        config.setPollNameServerInterval(1_000);
        config.setHeartbeatBrokerInterval(2_000);
    }
}
