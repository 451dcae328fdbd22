package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.delay.RecallHandle;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.OffsetMessageIds;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Stores one message. Never blocks; allocates the draft, the stored properties and the answer. */
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

    void send(Exchange exchange, SendMessageHeader header, TopicConfig topic) {
        BrokerConfig config = context.config();
        PropertyScan scan = PropertyScan.of(header.properties());
        Refusal refusal = rules.check(config, topic, scan, header);
        if (!refusal.isNone()) {
            answers.refuse(exchange, refusal);
            return;
        }
        String properties = scan.needsRewrite() ? PropertyStamp.cleaned(header.properties()) : header.properties();
        int queueId = context.chooseQueue(header.queueId(), topic);
        Route route = router.route(exchange.request(), header, topic, queueId, scan, properties);
        if (route instanceof Route.Into into) {
            store(exchange, header, topic, into, new Chosen(queueId, scan));
        } else if (route instanceof Route.Nowhere nowhere) {
            answers.refuse(exchange, nowhere.refusal());
        }
    }

    private void store(
            Exchange exchange, SendMessageHeader header, TopicConfig topic, Route.Into route, Chosen chosen) {
        BrokerConfig config = context.config();
        boolean keyMissing = chosen.scan.uniqueKey().isEmpty();
        String uniqueKey = keyMissing ? context.nextUniqueKey() : chosen.scan.uniqueKey();
        String extra = keyMissing ? route.extra() + missingKey(header, chosen.scan, uniqueKey) : route.extra();
        ByteBuffer properties = ByteBuffer.wrap(route.properties().getBytes(StandardCharsets.UTF_8));
        byte[] stamp = context.stamp()
                .bytes(extra.getBytes(StandardCharsets.UTF_8), config.sends().traceOn());
        MessageDraft draft = context.draft(
                exchange, header, topic, header.flag(), exchange.request().body(), properties, stamp);
        AppendOutcome outcome = context.store().append(route.queue(), draft);
        if (outcome instanceof Appended appended) {
            OffsetMessageIds messageId = OffsetMessageIds.of(draft.storeHost(), appended.position());
            answers.stored(
                    exchange,
                    new SendAnswers.Place(
                            messageId, chosen.queueId, appended.queueOffset(), uniqueKey, appended.endPosition()),
                    recallHandle(header, route, uniqueKey),
                    chosen.scan.waitsForDisk());
            context.stored(exchange, header, topic, chosen.scan.uniqueKey(), appended);
            context.traffic().sent(header.topic(), 1, appended.endPosition() - appended.position());
        } else if (outcome instanceof Refused refused) {
            answers.refuse(exchange, StoreRefusal.of(refused, config.store().maxMessageSizeBytes()));
        }
    }

    /** Names the message so that it can be taken back; empty when it does not wait for a time of its own. */
    private String recallHandle(SendMessageHeader header, Route.Into route, String uniqueKey) {
        return route.dueMs() == 0
                ? ""
                : RecallHandle.of(header.topic(), context.config().identity().brokerName(), route.dueMs(), uniqueKey)
                        .encode();
    }

    private static String missingKey(SendMessageHeader header, PropertyScan scan, String uniqueKey) {
        String entry = PropertyStamp.entry(PropertyNames.UNIQ_KEY, uniqueKey);
        return HalfRoute.isHalf(header, scan)
                ? entry + PropertyStamp.entry(PropertyNames.TRANSACTION_ID, uniqueKey)
                : entry;
    }

    private record Chosen(int queueId, PropertyScan scan) {}
}
