package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestTransactions;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** Builds and starts the library's transactional producers. */
public final class AdaptedTransactions implements TestTransactions {

    @Override
    public Started start(ProducerPlan plan, Decider decider) {
        TransactionMQProducer producer = new TransactionMQProducer(plan.group());
        producer.setNamesrvAddr(plan.nameserver());
        producer.setVipChannelEnabled(plan.vipChannel());
        producer.setPollNameServerInterval(1_000);
        producer.setHeartbeatBrokerInterval(1_000);
        producer.setSendMsgTimeout(plan.sendTimeoutMs());
        plan.instanceName().ifPresent(producer::setInstanceName);
        producer.setTransactionListener(new TransactionListener() {
            @Override
            public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
                String text = new String(message.getBody(), StandardCharsets.UTF_8);
                return official(decider.first(text, message.getTransactionId()));
            }

            @Override
            public LocalTransactionState checkLocalTransaction(MessageExt message) {
                return official(decider.asked(Translated.received(message), message.getTransactionId()));
            }
        });
        Checked.run(producer::start);
        return new Started() {
            @Override
            public Sent send(Outgoing message) {
                return Checked.answer(() ->
                        Translated.sent(producer.sendMessageInTransaction(Translated.toOfficial(message), "argument")));
            }

            @Override
            public void close() {
                producer.shutdown();
            }
        };
    }

    private static LocalTransactionState official(Decision decision) {
        return switch (decision) {
            case COMMIT -> LocalTransactionState.COMMIT_MESSAGE;
            case ROLL_BACK -> LocalTransactionState.ROLLBACK_MESSAGE;
            case UNKNOWN -> LocalTransactionState.UNKNOW;
        };
    }
}
