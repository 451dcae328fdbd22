package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.Sent;
import io.orbitmq.compat.client.TestTransactionProducer;
import io.orbitmq.compat.client.TransactionScript;
import java.nio.charset.StandardCharsets;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

final class AdaptedTransactionProducer implements TestTransactionProducer {

    private final TransactionMQProducer producer;

    AdaptedTransactionProducer(TransactionMQProducer producer, TransactionScript script) {
        this.producer = producer;
        producer.setTransactionListener(new TransactionListener() {
            @Override
            public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
                return state(script.execute(new String(message.getBody(), StandardCharsets.UTF_8)));
            }

            @Override
            public LocalTransactionState checkLocalTransaction(MessageExt message) {
                return state(script.check(Translated.received(message)));
            }
        });
        Checked.run(producer::start);
    }

    private static LocalTransactionState state(TransactionScript.Decision decision) {
        return switch (decision) {
            case COMMIT -> LocalTransactionState.COMMIT_MESSAGE;
            case ROLLBACK -> LocalTransactionState.ROLLBACK_MESSAGE;
            case UNKNOWN -> LocalTransactionState.UNKNOW;
        };
    }

    @Override
    public Sent send(Outgoing message) {
        return Checked.answer(
                () -> Translated.sent(producer.sendMessageInTransaction(Translated.toOfficial(message), "argument")));
    }

    @Override
    public void close() {
        producer.shutdown();
    }
}
