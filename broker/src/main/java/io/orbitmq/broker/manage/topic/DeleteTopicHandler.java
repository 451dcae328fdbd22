package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.offset.ConsumerOffsets;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.topic.TopicHeader;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DELETE_TOPIC_IN_BROKER (215): forgets the topic, its queues and all groups' offsets in it, and the pop retry topics of
 * the groups that consumed it. Success for a topic that does not exist. Pulls that wait for it are answered.
 */
public final class DeleteTopicHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteTopicHandler.class);

    private final LiveConfig config;
    private final Topics topics;
    private final GroupConfigs groupConfigs;
    private final ConsumerOffsets offsets;
    private final StateLog log;
    private final HeldRequests held;
    private final TopicRules rules;

    public DeleteTopicHandler(ManageParts parts) {
        this.config = parts.config();
        this.topics = parts.topics();
        this.groupConfigs = parts.groupConfigs();
        this.offsets = parts.offsets();
        this.log = new StateLog(parts.store());
        this.held = parts.held();
        this.rules = new TopicRules(parts.config(), parts.topics());
    }

    @Override
    public void handle(Exchange exchange) {
        String topic = TopicHeader.from(exchange.request().fields()).topic();
        Refusal refusal = rules.checkDeletable(topic);
        if (!refusal.isNone()) {
            refusal.answer(exchange);
            return;
        }
        LOG.info(
                "event=topic-deleted-by-operator topic={} remote={}",
                topic,
                exchange.connection().remoteAddress());
        List<CompletableFuture<Void>> changes = new ArrayList<>();
        if (config.get().topics().clearRetryTopicOnDelete()) {
            popRetryTopicsOf(topic).forEach(retryTopic -> delete(retryTopic, changes));
        }
        delete(topic, changes);
        Replies.whenDone(
                exchange,
                CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new)),
                () -> exchange.succeed(Fields.NONE));
    }

    /**
     * Retry topics of one group and one topic, as pop makes them, with either separator. What looks like one but belongs
     * to a group of that very name is left alone.
     */
    private List<String> popRetryTopicsOf(String topic) {
        List<String> found = new ArrayList<>();
        for (String group : offsets.groupsOf(topic)) {
            for (String separator : List.of("_", "+")) {
                String name = group + separator + topic;
                String retryTopic = Names.retryTopic(name);
                if (topics.find(retryTopic).isPresent()
                        && groupConfigs.find(name).isEmpty()) {
                    found.add(retryTopic);
                }
            }
        }
        return found;
    }

    /**
     * The queues go last, and nothing more goes after something the store refuses: a queue that begins anew must never meet
     * offsets of its earlier life, as groups would miss what comes first.
     */
    private void delete(String topic, List<CompletableFuture<Void>> changes) {
        List<Supplier<CompletableFuture<Void>>> steps = List.of(
                () -> topics.find(topic).isPresent() ? topics.delete(topic) : CompletableFuture.completedFuture(null),
                () -> offsets.removeTopic(topic),
                () -> log.deleteQueues(topic));
        for (Supplier<CompletableFuture<Void>> step : steps) {
            CompletableFuture<Void> change = step.get();
            changes.add(change);
            if (ChangeLostException.isRefused(change)) {
                break;
            }
        }
        held.wakeTopic(topic);
    }
}
