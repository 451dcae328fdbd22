package io.orbitmq.broker.send;

import io.orbitmq.broker.delay.RecallHandle;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.header.send.StoredAnswerHeader;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.OffsetMessageIds;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.Utf8Range;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Refused;
import java.nio.ByteBuffer;

/**
 * Stores one message. Most ask for nothing but that, and go into the log as they came; the others, which wait, are tried
 * again, have no key or say what only the broker may, go through rules and routes. Never blocks.
 */
final class SingleSend {

    private final SendContext context;
    private final Router router;
    private final MessageRules rules;
    private final SendAnswers answers;

    SingleSend(SendContext context, Router router, MessageRules rules, SendAnswers answers) {
        this.context = context;
        this.router = router;
        this.rules = rules;
        this.answers = answers;
    }

    void send(SendRequest send) {
        PropertyScan scan = send.scan();
        if (!scan.isOrdinary() || !send.topic().isOrdinary()) {
            sendBySpecialRules(send);
            return;
        }
        int queueId = context.chooseQueue(send.header().queueId(), send.topic());
        byte[] stamp = context.stamp();
        MessageDraft draft = context.draft(send, send.header().flag(), ByteBuffer.wrap(scan.bytes()), stamp);
        AppendOutcome outcome = context.store().append(send.topic().queue(queueId), draft);
        answer(send, queueId, outcome, scan.uniqueKey(), "");
    }

    private void sendBySpecialRules(SendRequest send) {
        PropertyScan scan = send.scan();
        Refusal refusal = rules.check(context.config(), send.topic().config(), scan, send.header());
        if (!refusal.isNone()) {
            answers.refuse(send.exchange(), refusal);
            return;
        }
        int queueId = context.chooseQueue(send.header().queueId(), send.topic());
        Route route = router.route(send, queueId);
        if (route instanceof Route.Into into) {
            sendInto(send, into, queueId);
        } else if (route instanceof Route.Nowhere nowhere) {
            answers.refuse(send.exchange(), nowhere.refusal());
        }
    }

    private void sendInto(SendRequest send, Route.Into route, int queueId) {
        boolean keyMissing = send.scan().uniqueKey().isEmpty();
        Utf8Range uniqueKey =
                keyMissing ? Utf8Range.of(context.nextUniqueKey()) : send.scan().uniqueKey();
        String extra = keyMissing ? missingKey(send, uniqueKey.text()) : "";
        byte[] stamp = context.stamp(extra);
        MessageDraft draft = context.draft(send, send.header().flag(), route.properties(), stamp);
        AppendOutcome outcome = context.store().append(route.queue(), draft);
        answer(send, queueId, outcome, uniqueKey, recallHandle(send, route, uniqueKey));
    }

    /**
     * Answers and takes note.
     *
     * @param queueId the queue asked for
     * @param recallHandle by which the message can be taken back, or empty
     */
    private void answer(
            SendRequest send, int queueId, AppendOutcome outcome, Utf8Range uniqueKey, String recallHandle) {
        if (outcome instanceof Appended appended) {
            answers.stored(
                    send.exchange(),
                    new StoredAnswerHeader(
                            OffsetMessageIds.of(context.storeHost(), appended.position()),
                            queueId,
                            appended.queueOffset(),
                            uniqueKey,
                            recallHandle,
                            answers.common()),
                    appended.endPosition(),
                    send.scan().waitsForDisk());
            context.stored(send, send.scan().uniqueKey(), appended);
            send.topic().sent().add(1, appended.endPosition() - appended.position());
        } else if (outcome instanceof Refused refused) {
            answers.refuse(
                    send.exchange(),
                    StoreRefusal.of(refused, context.config().sends().maxBodyBytes()));
        }
    }

    /** Names the message so that it can be taken back; empty when it does not wait for a time of its own. */
    private String recallHandle(SendRequest send, Route.Into route, Utf8Range uniqueKey) {
        return route.dueMs() == 0
                ? ""
                : RecallHandle.of(
                                send.topic().name(),
                                context.config().identity().brokerName(),
                                route.dueMs(),
                                uniqueKey.text())
                        .encode();
    }

    private static String missingKey(SendRequest send, String uniqueKey) {
        String entry = PropertyStamp.entry(PropertyNames.UNIQ_KEY, uniqueKey);
        return HalfRoute.isHalf(send.header(), send.scan())
                ? entry + PropertyStamp.entry(PropertyNames.TRANSACTION_ID, uniqueKey)
                : entry;
    }
}
