package io.orbitmq.broker.send;

import io.orbitmq.broker.dedup.DuplicateMode;
import io.orbitmq.broker.dedup.FirstSend;
import io.orbitmq.broker.dedup.Repeat;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.dedup.SentMessages;
import io.orbitmq.broker.delay.RecallHandle;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.MessageBatch;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers a repeated send with the first result (docs/duplicates.md). Runs only while something may be repeated. */
final class RepeatCheck {

    private final RepeatedSends repeats;
    private final SendContext context;
    private final SendAnswers answers;

    RepeatCheck(RepeatedSends repeats, SendContext context, SendAnswers answers) {
        this.repeats = repeats;
        this.context = context;
        this.answers = answers;
    }

    /** Whether {@link #isAnswered} is worth asking. */
    boolean isDue(Exchange exchange, DuplicateMode mode) {
        return repeats.isWatching(exchange.connection(), mode)
                && !exchange.request().isOneWay();
    }

    /** To be held while a send to this strict topic is looked up and stored. */
    Object strictLock(String topic) {
        return repeats.strictLock(topic);
    }

    /**
     * Whether the request needs no more handling: it repeats a send and is answered, or it was kept until that can be
     * told.
     *
     * @param again handles the request then
     */
    boolean isAnswered(Exchange exchange, SendMessageHeader header, DuplicateMode mode, RequestHandler again) {
        PropertyScan scan = PropertyScan.of(header.properties());
        return header.batch()
                ? isBatchAnswered(exchange, header, mode, scan, again)
                : isSingleAnswered(exchange, header, mode, scan, again);
    }

    private boolean isSingleAnswered(
            Exchange exchange, SendMessageHeader header, DuplicateMode mode, PropertyScan scan, RequestHandler again) {
        if (!repeats.mayBeRepeated(exchange.connection(), header.topic(), scan.uniqueKey())) {
            return false;
        }
        MessageBatch.Item message = new MessageBatch.Item(
                header.flag(),
                exchange.request().body(),
                ByteBuffer.wrap(header.properties().getBytes(StandardCharsets.UTF_8)));
        SentMessages sent = new SentMessages(
                header.topic(),
                header.producerGroup(),
                scan.uniqueKey(),
                HalfRoute.isHalf(header, scan),
                false,
                List.of(message));
        return isAnswered(exchange, header, mode, scan, sent, again);
    }

    private boolean isBatchAnswered(
            Exchange exchange, SendMessageHeader header, DuplicateMode mode, PropertyScan scan, RequestHandler again) {
        MessageBatch batch;
        try {
            batch = MessageBatch.of(exchange.request().body());
        } catch (MalformedBodyException e) {
            return false;
        }
        String uniqueKey = SentMessages.uniqueKey(batch);
        if (!repeats.mayBeRepeated(exchange.connection(), header.topic(), uniqueKey)) {
            return false;
        }
        SentMessages sent =
                new SentMessages(header.topic(), header.producerGroup(), uniqueKey, false, true, batch.items());
        return isAnswered(exchange, header, mode, scan, sent, again);
    }

    private boolean isAnswered(
            Exchange exchange,
            SendMessageHeader header,
            DuplicateMode mode,
            PropertyScan scan,
            SentMessages sent,
            RequestHandler again) {
        Repeat repeat = repeats.find(exchange, sent, mode, again);
        if (repeat instanceof Repeat.Of of) {
            FirstSend first = of.first();
            repeats.repeated(exchange, sent, mode, header.bornTimestamp(), first);
            answers.stored(
                    exchange,
                    new SendAnswers.Place(
                            first.messageIds(),
                            first.queueId(),
                            first.queueOffset(),
                            first.uniqueKey(),
                            first.endPosition()),
                    recallHandle(header, first),
                    scan.waitsForDisk());
        }
        return !(repeat instanceof Repeat.New);
    }

    private String recallHandle(SendMessageHeader header, FirstSend first) {
        return first.dueMs() == 0 || Names.isRetryTopic(header.topic())
                ? ""
                : RecallHandle.of(
                                header.topic(),
                                context.config().identity().brokerName(),
                                first.dueMs(),
                                first.uniqueKey())
                        .encode();
    }
}
