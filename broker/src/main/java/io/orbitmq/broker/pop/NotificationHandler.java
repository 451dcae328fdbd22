package io.orbitmq.broker.pop;

import io.orbitmq.broker.PopSettings;
import io.orbitmq.broker.pop.PopAdmission.Verdict;
import io.orbitmq.broker.pop.PopAdmission.Verdict.Admitted;
import io.orbitmq.broker.pop.hold.HeldPop;
import io.orbitmq.broker.pop.hold.HeldPops;
import io.orbitmq.broker.pop.hold.HeldPops.Outcome;
import io.orbitmq.broker.pop.hold.HoldKey;
import io.orbitmq.broker.request.FailureAnswers;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.header.pop.NotificationAnswerHeader;
import io.orbitmq.protocol.header.pop.NotificationHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * NOTIFICATION (200054): would a pop find something? Held like a pop until it would, whatever the tags of what arrives
 * (protocol/08 section 8).
 */
final class NotificationHandler implements RequestHandler {

    private final PopParts parts;
    private final PopAdmission admission;
    private final HeldPops held;
    private final PopPatience patience;
    private final PopStart start;
    private final OrderedPops ordered;

    NotificationHandler(PopParts parts, PopAdmission admission, OrderedPops ordered, HeldPops held) {
        this.parts = parts;
        this.admission = admission;
        this.held = held;
        this.patience = new PopPatience(parts.clock());
        this.start = new PopStart(parts);
        this.ordered = ordered;
    }

    @Override
    public void handle(Exchange exchange) {
        NotificationHeader header = NotificationHeader.from(exchange.request().fields());
        run(exchange, header, patience.deadlineNanos(header.bornTimeMs(), header.pollTimeMs()));
    }

    private void run(Exchange exchange, NotificationHeader header, long deadlineNanos) {
        Verdict verdict =
                admission.checkLook(header.consumerGroup(), header.topic(), header.queueId(), exchange.connection());
        if (verdict instanceof Verdict.Refused refused) {
            refused.refusal().answer(exchange);
            return;
        }
        TopicConfig topic = ((Admitted) verdict).topic();
        BooleanSupplier hasMessage = () -> hasMessage(header, topic);
        if (hasMessage.getAsBoolean()) {
            answer(exchange, true, false);
        } else if (header.pollTimeMs() <= 0 || deadlineNanos - parts.clock().nanos() <= 0) {
            answer(exchange, false, false);
        } else {
            PopSettings settings = parts.config().get().pops();
            HeldPop waiting = new HeldPop(
                    new HoldKey(header.topic(), header.consumerGroup(), header.queueId()),
                    RecordFilter.ALL,
                    exchange.connection(),
                    deadlineNanos,
                    () -> runAgain(exchange, header, deadlineNanos));
            Outcome outcome =
                    held.hold(waiting, new HeldPops.Limits(settings.maxHeldPerKey(), settings.maxHeld()), hasMessage);
            if (outcome != Outcome.HELD) {
                answer(exchange, false, outcome == Outcome.FULL);
            }
        }
    }

    private void runAgain(Exchange exchange, NotificationHeader header, long deadlineNanos) {
        FailureAnswers.goOn(exchange, "notification", () -> run(exchange, header, deadlineNanos));
    }

    private boolean hasMessage(NotificationHeader header, TopicConfig topic) {
        if (header.queueId() >= 0) {
            return hasMessage(header, parts.queues().queue(topic, header.queueId())) || retryHasMessage(header);
        }
        return anyQueueHasMessage(header, topic) || retryHasMessage(header);
    }

    private boolean retryHasMessage(NotificationHeader header) {
        if (header.order()) {
            return false;
        }
        for (boolean v2 : new boolean[] {false, true}) {
            Optional<TopicConfig> retry =
                    parts.topics().find(PopRetryTopic.of(header.consumerGroup(), header.topic(), v2));
            if (retry.isPresent() && anyQueueHasMessage(header, retry.get())) {
                return true;
            }
        }
        return false;
    }

    private boolean anyQueueHasMessage(NotificationHeader header, TopicConfig topic) {
        for (int queueId = 0; queueId < topic.readQueues(); queueId++) {
            if (hasMessage(header, parts.queues().queue(topic, queueId))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasMessage(NotificationHeader header, LogQueue queue) {
        return queue.maxOffset() > start.look(header.consumerGroup(), queue)
                && (!header.order()
                        || ordered.blockedUntilMs(queue, header.consumerGroup(), header.attemptId())
                                <= parts.clock().epochMs());
    }

    private static void answer(Exchange exchange, boolean hasMessage, boolean pollingFull) {
        exchange.succeed(new NotificationAnswerHeader(hasMessage, pollingFull).toFields());
    }
}
