package io.orbitmq.broker.send;

import io.orbitmq.broker.dedup.DuplicateMode;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.List;

/**
 * SEND_MESSAGE, SEND_MESSAGE_V2 and SEND_BATCH_MESSAGE (protocol/04). Whether a request is a batch is said by its header,
 * not by its code. Never blocks.
 */
public final class SendHandler implements RequestHandler {

    private final Admission admission;
    private final SendTopics topics;
    private final SingleSend single;
    private final BatchSend batch;
    private final SendAnswers answers;
    private final RepeatCheck repeats;

    SendHandler(
            Admission admission,
            SendTopics topics,
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
        Fields fields = request.fields();
        SendTopic topic = topics.find(fields, ReceivedSend.topicField(request.code()));
        ReceivedSend header = ReceivedSend.of(request.code(), fields);
        try {
            Refusal refusal = admission.check(exchange, header, topic);
            SendTopic existing = topic == SendTopics.NONE ? topics.find(header.topic()) : topic;
            if (!refusal.isNone()) {
                answers.refuse(exchange, refusal);
            } else if (existing == SendTopics.NONE) {
                answers.refuse(exchange, Admission.unknownTopic(header));
            } else {
                take(new SendRequest(exchange, header, existing));
            }
        } catch (ChangeLostException e) {
            answers.refuse(exchange, StoreRefusal.of(e));
        }
    }

    /** A repeat that was kept until it could be told. */
    private void takeAgain(SendRequest send) {
        try {
            take(send);
        } catch (ChangeLostException e) {
            answers.refuse(send.exchange(), StoreRefusal.of(e));
        }
    }

    @Override
    public void expect(List<Command> requests) {
        topics.expect(requests);
    }

    private void take(SendRequest send) {
        if (send.topic().duplicateMode() == DuplicateMode.STRICT) {
            synchronized (repeats.strictLock(send.topic().name())) {
                takeOnce(send);
            }
        } else {
            takeOnce(send);
        }
    }

    private void takeOnce(SendRequest send) {
        if (repeats.isDue(send) && repeats.isAnswered(send, held -> takeAgain(send.on(held)))) {
            return;
        }
        if (send.header().batch()) {
            batch.send(send);
        } else {
            single.send(send);
        }
    }
}
