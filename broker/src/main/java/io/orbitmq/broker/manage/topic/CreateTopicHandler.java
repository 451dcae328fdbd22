package io.orbitmq.broker.manage.topic;

import io.orbitmq.broker.manage.Announcer;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.manage.topic.TopicRules.Verdict;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.body.topic.TopicConfigList;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.topic.CreateTopicHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UPDATE_AND_CREATE_TOPIC (17) and UPDATE_AND_CREATE_TOPIC_LIST (18): all or none of the posted topics, answered once
 * they are durable and the nameservers know them. What is already so is left alone.
 */
public final class CreateTopicHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(CreateTopicHandler.class);

    private final Topics topics;
    private final TopicRules rules;
    private final Announcer announcer;

    public CreateTopicHandler(ManageParts parts) {
        this.topics = parts.topics();
        this.rules = new TopicRules(parts.config(), parts.topics());
        this.announcer = parts.announcer();
    }

    @Override
    public void handle(Exchange exchange) {
        List<TopicConfig> posted;
        try {
            posted = exchange.request().code() == RequestCode.UPDATE_AND_CREATE_TOPIC_LIST
                    ? postedList(exchange)
                    : List.of(postedTopic(exchange));
        } catch (IllegalArgumentException e) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, e.getMessage());
            return;
        }
        Map<String, TopicConfig> changes = new LinkedHashMap<>();
        for (TopicConfig topic : posted) {
            Verdict verdict = rules.check(topic);
            if (verdict instanceof Verdict.Forbidden forbidden) {
                forbidden.refusal().answer(exchange);
                return;
            }
            TopicConfig allowed = ((Verdict.Allowed) verdict).topic();
            if (!topics.find(allowed.name()).filter(allowed::equals).isPresent()) {
                changes.put(allowed.name(), allowed);
            }
        }
        store(exchange, changes);
    }

    private void store(Exchange exchange, Map<String, TopicConfig> changes) {
        if (changes.isEmpty()) {
            exchange.succeed(Fields.NONE);
            return;
        }
        LOG.info(
                "event=topics-changed-by-operator count={} first=\"{}\" remote={}",
                changes.size(),
                changes.values().iterator().next().describe(),
                exchange.connection().remoteAddress());
        Replies.whenDone(
                exchange, topics.putAll(changes.values()).thenCompose(done -> announcer.announce(changes.keySet())));
    }

    private static TopicConfig postedTopic(Exchange exchange) {
        CreateTopicHeader header = CreateTopicHeader.from(exchange.request().fields());
        return new TopicConfig(
                header.topic(),
                header.readQueues(),
                header.writeQueues(),
                header.permission(),
                header.filterType(),
                header.sysFlag(),
                header.order(),
                TopicAttributes.parse(header.attributes()));
    }

    /** Attributes in a list may carry the plus of a change. */
    private static List<TopicConfig> postedList(Exchange exchange) {
        List<TopicConfig> topics = new ArrayList<>();
        for (TopicConfig topic :
                TopicConfigList.decode(exchange.request().body()).topics()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            topic.attributes()
                    .forEach((key, value) -> attributes.put(key.startsWith("+") ? key.substring(1) : key, value));
            topics.add(topic.withAttributes(attributes));
        }
        return topics;
    }
}
