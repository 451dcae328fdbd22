package io.orbitmq.broker.send;

import io.orbitmq.broker.dedup.DuplicateMode;
import io.orbitmq.broker.dedup.FirstSend;
import io.orbitmq.broker.dedup.Repeat;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.dedup.SentMessages;
import io.orbitmq.broker.delay.RecallHandle;
import io.orbitmq.protocol.frame.MalformedBodyException;
import io.orbitmq.protocol.header.send.StoredAnswerHeader;
import io.orbitmq.protocol.message.MessageBatch;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.Utf8Range;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
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
    boolean isDue(SendRequest send) {
        Exchange exchange = send.exchange();
        return repeats.isWatching(exchange.connection(), send.topic().duplicateMode())
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
    boolean isAnswered(SendRequest send, RequestHandler again) {
        return send.header().batch() ? isBatchAnswered(send, again) : isSingleAnswered(send, again);
    }

    private boolean isSingleAnswered(SendRequest send, RequestHandler again) {
        Utf8Range uniqueKey = send.scan().uniqueKey();
        long hash = RepeatedSends.hash(send.topic().nameHash(), uniqueKey);
        if (uniqueKey.isEmpty() || !repeats.mayBeRepeated(send.exchange().connection(), hash)) {
            return false;
        }
        MessageBatch.Item message = new MessageBatch.Item(
                send.header().flag(),
                send.exchange().request().body(),
                ByteBuffer.wrap(send.scan().bytes()));
        SentMessages sent = new SentMessages(
                send.topic().name(),
                uniqueKey.text(),
                hash,
                send.header().groupHash(),
                HalfRoute.isHalf(send.header(), send.scan()),
                false,
                List.of(message));
        return isAnswered(send, sent, again);
    }

    private boolean isBatchAnswered(SendRequest send, RequestHandler again) {
        MessageBatch batch;
        try {
            batch = MessageBatch.of(send.exchange().request().body());
        } catch (MalformedBodyException e) {
            return false;
        }
        Utf8Range uniqueKey = SentMessages.uniqueKey(batch);
        long hash = RepeatedSends.hash(send.topic().nameHash(), uniqueKey);
        if (uniqueKey.isEmpty() || !repeats.mayBeRepeated(send.exchange().connection(), hash)) {
            return false;
        }
        SentMessages sent = new SentMessages(
                send.topic().name(), uniqueKey.text(), hash, send.header().groupHash(), false, true, batch.items());
        return isAnswered(send, sent, again);
    }

    private boolean isAnswered(SendRequest send, SentMessages sent, RequestHandler again) {
        DuplicateMode mode = send.topic().duplicateMode();
        Repeat repeat = repeats.find(send.exchange(), sent, mode, again);
        if (repeat instanceof Repeat.Of of) {
            FirstSend first = of.first();
            repeats.repeated(send.exchange(), sent, mode, send.header().bornTimestamp(), first);
            answers.stored(
                    send.exchange(),
                    new StoredAnswerHeader(
                            first.messageIds(),
                            first.queueId(),
                            first.queueOffset(),
                            Utf8Range.of(first.uniqueKey()),
                            recallHandle(send.topic().name(), first),
                            answers.common()),
                    first.endPosition(),
                    send.scan().waitsForDisk());
        }
        return !(repeat instanceof Repeat.New);
    }

    private String recallHandle(String topic, FirstSend first) {
        return first.dueMs() == 0 || Names.isRetryTopic(topic)
                ? ""
                : RecallHandle.of(topic, context.config().identity().brokerName(), first.dueMs(), first.uniqueKey())
                        .encode();
    }
}
