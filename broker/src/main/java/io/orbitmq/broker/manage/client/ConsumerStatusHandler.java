package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.body.queue.ConsumerStatus;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.offset.ConsumerStatusHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * INVOKE_BROKER_TO_GET_CONSUMER_STATUS (223): asks one or all members of a group with 221 for the offsets they hold in
 * memory. A member that does not answer within five seconds is left out.
 */
public final class ConsumerStatusHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerStatusHandler.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConsumerGroups groups;

    public ConsumerStatusHandler(ManageParts parts) {
        this.groups = parts.groups();
    }

    @Override
    public void handle(Exchange exchange) {
        ConsumerStatusHeader asked =
                ConsumerStatusHeader.from(exchange.request().fields());
        Optional<LiveGroup> group = groups.find(asked.group());
        if (group.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "the consumer group[" + asked.group() + "] not online");
            return;
        }
        Map<String, Map<MessageQueueKey, Long>> byClient = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> answers = group.get().members().stream()
                .filter(member ->
                        asked.clientAddress().isEmpty() || asked.clientAddress().equals(member.clientId()))
                .map(member -> ask(member, asked, byClient))
                .toList();
        Replies.whenDone(
                exchange,
                CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)),
                () -> Replies.body(exchange, new ConsumerStatus(Map.of(), byClient).encode()));
    }

    private static CompletableFuture<Void> ask(
            Member member, ConsumerStatusHeader asked, Map<String, Map<MessageQueueKey, Long>> byClient) {
        Command question = Command.request(
                RequestCode.GET_CONSUMER_STATUS_FROM_CLIENT,
                new ConsumerStatusHeader(asked.topic(), asked.group(), "").toFields());
        return member.connection().call(question, PATIENCE).handle((answer, failure) -> {
            if (failure == null && answer.code() == ResponseCode.SUCCESS) {
                byClient.put(
                        member.clientId(), ConsumerStatus.decode(answer.body()).own());
            } else {
                LOG.warn(
                        "event=client-gave-no-status group={} client={} cause=\"{}\"",
                        asked.group(),
                        member.clientId(),
                        failure == null ? answer.remark() : failure.toString());
            }
            return null;
        });
    }
}
