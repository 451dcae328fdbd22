package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.PopAdmission.Verdict;
import io.orbitmq.broker.pop.PopAdmission.Verdict.Admitted;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.pop.PeekHeader;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * PEEK_MESSAGE (200052): what a pop would find, without taking it (protocol/08 section 10). May wait for the disk, so it
 * has to run on a lane that may.
 */
final class PeekHandler implements RequestHandler {

    private static final int MOST_MESSAGES = 32;
    private static final int MOST_EXAMINED = 1_000;
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final PopParts parts;
    private final PopAdmission admission;
    private final PopStart start;

    PeekHandler(PopParts parts, PopAdmission admission) {
        this.parts = parts;
        this.admission = admission;
        this.start = new PopStart(parts);
    }

    @Override
    public void handle(Exchange exchange) {
        PeekHeader header = PeekHeader.from(exchange.request().fields());
        Verdict verdict =
                admission.checkLook(header.consumerGroup(), header.topic(), header.queueId(), exchange.connection());
        if (verdict instanceof Verdict.Refused refused) {
            PopAnswers.refuse(exchange, refused.refusal());
            return;
        }
        int most = Math.max(1, Math.min(MOST_MESSAGES, header.maxMessages()));
        PopCollector records = new PopCollector(parts.machine().allocator(), most);
        try {
            long rest = 0;
            for (LogQueue queue : queues(header, ((Admitted) verdict).topic())) {
                rest += read(header, queue, most, records);
            }
            PopAnswerHeader answer = new PopAnswerHeader(0, 0, 0, rest, "", "", "");
            if (records.count() > 0) {
                PopAnswers.found(exchange, answer, records.take());
            } else {
                exchange.answer(Command.response(
                        exchange.request(),
                        ResponseCode.PULL_NOT_FOUND,
                        PopAnswers.NOTHING,
                        answer.toFields(),
                        NO_BODY));
            }
        } finally {
            records.release();
        }
    }

    /** Returns how many messages wait in the queue. */
    private long read(PeekHeader header, LogQueue queue, int most, PopCollector records) {
        long from = start.look(header.consumerGroup(), queue);
        int left = most - records.count();
        int bytesLeft = parts.config().get().pulls().maxAnswerBytes() - records.sizeBytes();
        if (left > 0 && bytesLeft > 0) {
            records.beginQueue(UnaryOperator.identity());
            parts.store()
                    .read(
                            queue,
                            new ReadRequest(from, left, bytesLeft, MOST_EXAMINED, ReadRequest.RecordFilter.ALL, false),
                            records);
        }
        return queue.maxOffset() - from;
    }

    private List<LogQueue> queues(PeekHeader header, TopicConfig topic) {
        if (header.queueId() >= 0) {
            return List.of(parts.queues().queue(topic, header.queueId()));
        }
        List<LogQueue> queues = new ArrayList<>();
        for (int queueId = 0; queueId < topic.readQueues(); queueId++) {
            queues.add(parts.queues().queue(topic, queueId));
        }
        return queues;
    }
}
