package io.orbitmq.broker.send;

import io.orbitmq.broker.dedup.DuplicateMode;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Optional;

/**
 * SEND_MESSAGE, SEND_MESSAGE_V2 and SEND_BATCH_MESSAGE (protocol/04). Whether a request is a batch is said by its header,
 * not by its code. Never blocks.
 */
public final class SendHandler implements RequestHandler {

    private final Admission admission;
    private final Topics topics;
    private final SingleSend single;
    private final BatchSend batch;
    private final SendAnswers answers;
    private final RepeatCheck repeats;

    SendHandler(
            Admission admission,
            Topics topics,
            SingleSend single,
            BatchSend batch,
            SendAnswers answers,
            RepeatCheck repeats) {
        this.repeats = repeats;
        this.admission = admission;
        this.topics = topics;
        this.single = single;
        this.batch = batch;
        this.answers = answers;
    }

    @Override
    public void handle(Exchange exchange) {
        Command request = exchange.request();
        SendMessageHeader header = request.code() == RequestCode.SEND_MESSAGE
                ? SendMessageHeader.fromLong(request.fields())
                : SendMessageHeader.fromShort(request.fields());
        try {
            Refusal refusal = admission.check(exchange, header);
            Optional<TopicConfig> topic = topics.find(header.topic());
            if (!refusal.isNone()) {
                answers.refuse(exchange, refusal);
            } else if (topic.isEmpty()) {
                answers.refuse(exchange, Admission.unknownTopic(header));
            } else {
                take(exchange, header, topic.get());
            }
        } catch (ChangeLostException e) {
            answers.refuse(
                    exchange,
                    new Refusal(ResponseCode.SERVICE_NOT_AVAILABLE, "service not available now. " + e.getMessage()));
        }
    }

    private void take(Exchange exchange, SendMessageHeader header, TopicConfig topic) {
        DuplicateMode mode = DuplicateMode.of(topic);
        if (mode == DuplicateMode.STRICT) {
            synchronized (repeats.strictLock(topic.name())) {
                takeOnce(exchange, header, topic, mode);
            }
        } else {
            takeOnce(exchange, header, topic, mode);
        }
    }

    private void takeOnce(Exchange exchange, SendMessageHeader header, TopicConfig topic, DuplicateMode mode) {
        if (repeats.isDue(exchange, mode)
                && repeats.isAnswered(exchange, header, mode, held -> take(held, header, topic))) {
            return;
        }
        if (header.batch()) {
            batch.send(exchange, header, topic);
        } else {
            single.send(exchange, header, topic);
        }
    }
}
