package io.orbitmq.broker.send;

import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * For other requests that carry a message in a send's header: the checks of every send, and storing the message in the
 * queue it names, without retry, delay or transaction. Any thread; never blocks.
 */
public final class PlainSend {

    private final Admission admission;
    private final SendTopics topics;
    private final SendContext context;
    private final SendAnswers answers;

    PlainSend(Admission admission, SendTopics topics, SendContext context, SendAnswers answers) {
        this.admission = admission;
        this.topics = topics;
        this.context = context;
        this.answers = answers;
    }

    /**
     * A stored message.
     *
     * @param messageId offset message id
     * @param queueId the queue used
     * @param queueOffset its place there
     * @param endPosition byte place after it
     */
    public record Stored(String messageId, int queueId, long queueOffset, long endPosition) {}

    /** What became of {@link #store}: exactly one of the two is there. */
    public record Outcome(Optional<Stored> stored, Refusal refusal) {}

    /**
     * Whether the message is taken, and then its topic exists; else the request is answered (protocol/04 section 2, rows 1
     * to 8).
     */
    public boolean isAdmitted(Exchange exchange, ReceivedSend header) {
        Refusal refusal = check(exchange, header);
        if (!refusal.isNone()) {
            answers.refuse(exchange, refusal);
        }
        return refusal.isNone();
    }

    private Refusal check(Exchange exchange, ReceivedSend header) {
        try {
            return admission.check(exchange, header, topics.find(header.topic()));
        } catch (ChangeLostException e) {
            return StoreRefusal.of(e);
        }
    }

    /** Stores the message of the request, which was admitted. */
    public Outcome store(Exchange exchange, ReceivedSend header) {
        SendTopic topic = topics.find(header.topic());
        if (topic == SendTopics.NONE) {
            return new Outcome(Optional.empty(), Admission.unknownTopic(header));
        }
        SendRequest send = new SendRequest(exchange, header, topic);
        PropertyScan scan = send.scan();
        String extra =
                scan.uniqueKey().isEmpty() ? PropertyStamp.entry(PropertyNames.UNIQ_KEY, context.nextUniqueKey()) : "";
        byte[] stamp = context.stamp(extra);
        MessageDraft draft = context.draft(send, header.flag(), ByteBuffer.wrap(scan.kept()), stamp);
        int queueId = context.chooseQueue(header.queueId(), topic);
        AppendOutcome outcome = context.store().append(topic.queue(queueId), draft);
        if (outcome instanceof Refused refused) {
            return new Outcome(
                    Optional.empty(),
                    StoreRefusal.of(refused, context.config().sends().maxBodyBytes()));
        }
        Appended appended = (Appended) outcome;
        topic.sent().add(1, appended.endPosition() - appended.position());
        return new Outcome(
                Optional.of(new Stored(
                        new OffsetMessageId(draft.storeHost(), appended.position()).encode(),
                        queueId,
                        appended.queueOffset(),
                        appended.endPosition())),
                Refusal.NONE);
    }
}
