package io.orbitmq.broker.offset;

import io.orbitmq.broker.offset.KnownOffsets.Queue;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.transport.fake.RecordingExchange;
import java.util.Map;
import java.util.OptionalLong;

/** Consumers that pull and tell how far they have come: what they ask is told to the model, and answers are held against it. */
final class OffsetConsumers {

    private final OffsetWorld world;
    private final OffsetModel model;
    private final OffsetAnswers answers;

    OffsetConsumers(OffsetWorld world, OffsetModel model, OffsetAnswers answers) {
        this.world = world;
        this.model = model;
        this.answers = answers;
    }

    /** @param commit the offset told in passing, negative for none */
    void pull(Queue queue, long from, long commit, boolean suspend) {
        boolean topicExists = model.now().topics.contains(queue.topic());
        boolean groupExists = model.now().groups.contains(queue.group());
        if (!groupExists) {
            model.expect("groups", known -> known.groups.add(queue.group()));
        }
        int flags = PullFlags.SUBSCRIPTION | PullFlags.COMMIT_OFFSET | (suspend ? PullFlags.SUSPEND : 0);
        RecordingExchange exchange = world.ask(pullRequest(queue, from, commit, flags));
        if (answers.meanNothing()) {
            return;
        }
        OptionalLong reset = model.resetOf(queue);
        boolean stored = model.endOfRequest();
        if (!stored || !groupExists && isRefused(exchange)) {
            OffsetAnswers.expectRefusal(exchange, ResponseCode.SYSTEM_ERROR, "cannot be created now: ");
        } else if (!topicExists) {
            OffsetAnswers.expectRefusal(exchange, ResponseCode.TOPIC_NOT_EXIST, "not exist");
        } else if (reset.isPresent()) {
            answers.takeReset(exchange, queue);
        } else {
            if (commit >= 0) {
                model.tell(queue, commit);
            }
            if (!exchange.isAnswered()) {
                answers.hold(exchange, queue);
            } else if (OffsetAnswers.isReset(exchange)) {
                throw new AssertionError(queue + " was told a reset that nobody asked for: " + exchange.response());
            }
        }
    }

    void update(Queue queue, long offset, boolean oneWay) {
        boolean ignored = !model.now().groups.contains(queue.group())
                || !model.now().topics.contains(queue.topic())
                || model.resetOf(queue).isPresent();
        if (!ignored) {
            model.tell(queue, offset);
        }
        if (!ignored && !oneWay) {
            model.expectSet(Map.of(queue, offset));
        }
        Command request = Command.request(
                RequestCode.UPDATE_CONSUMER_OFFSET,
                queueFields(queue).put("commitOffset", offset).build());
        RecordingExchange exchange = world.ask(oneWay ? request.asOneWay() : request);
        if (!oneWay && !ignored) {
            answers.await(exchange);
        }
    }

    /** What the broker must answer about a queue. */
    void checkQuery(Queue queue) {
        long wanted = model.answer(queue);
        Command answer = query(queue, "false");
        if (wanted >= 0) {
            expectOffset(queue, answer, wanted);
        } else if (answer.code() != ResponseCode.QUERY_NOT_FOUND) {
            throw new AssertionError(queue + " has no offset, the broker says " + answer);
        }
    }

    /** The same of one who wants to begin at 0 when nothing is known, which is for young queues only. */
    void checkLenientQuery(Queue queue) {
        long wanted = model.answer(queue);
        Command answer = query(queue, "true");
        if (wanted >= 0) {
            expectOffset(queue, answer, wanted);
        } else if (answer.code() == ResponseCode.SUCCESS) {
            expectOffset(queue, answer, 0);
            if (world.end(queue.topic(), queue.queueId()) == 0) {
                throw new AssertionError(queue + " has no message, the broker says it begins at 0");
            }
        }
    }

    private void expectOffset(Queue queue, Command answer, long wanted) {
        if (answer.code() != ResponseCode.SUCCESS || answer.fields().longOr("offset", -1) != wanted) {
            throw new AssertionError(queue + " is at " + wanted + ", the broker says " + answer.code() + " "
                    + answer.remark() + answer.fields());
        }
    }

    private Command query(Queue queue, String setZeroIfNotFound) {
        return world.ask(Command.request(
                        RequestCode.QUERY_CONSUMER_OFFSET,
                        queueFields(queue)
                                .put("setZeroIfNotFound", setZeroIfNotFound)
                                .build()))
                .response();
    }

    /** Also after the change was appended: the store failed before it was durable. */
    private static boolean isRefused(RecordingExchange exchange) {
        return exchange.isAnswered() && exchange.response().code() == ResponseCode.SYSTEM_ERROR;
    }

    private static Command pullRequest(Queue queue, long from, long commit, int flags) {
        return Command.request(
                RequestCode.PULL_MESSAGE,
                queueFields(queue)
                        .put("queueOffset", from)
                        .put("maxMsgNums", 4)
                        .put("sysFlag", flags)
                        .put("commitOffset", commit)
                        .put("suspendTimeoutMillis", 3_000)
                        .put("subscription", "*")
                        .put("subVersion", 0)
                        .build());
    }

    private static Fields.Builder queueFields(Queue queue) {
        return Fields.builder()
                .put("consumerGroup", queue.group())
                .put("topic", queue.topic())
                .put("queueId", queue.queueId());
    }
}
