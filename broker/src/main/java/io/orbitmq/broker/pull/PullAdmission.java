package io.orbitmq.broker.pull;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.filter.CompiledFilter;
import io.orbitmq.broker.filter.CompiledFilter.Unparsable;
import io.orbitmq.broker.filter.CompiledFilter.Usable;
import io.orbitmq.broker.filter.FilterCompiler;
import io.orbitmq.broker.filter.SubscriptionFilters;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.broker.pull.Admission.Admitted;
import io.orbitmq.broker.pull.Admission.Refused;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.pull.PullFlags;
import io.orbitmq.protocol.header.pull.PullRequestHeader;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.Exchange;
import java.util.Optional;

/**
 * The checks of protocol/07 section 5.2 in their order. The connection that pulls need not be a member of the group, only
 * the group must be alive; a member's messages are filtered by its own subscription. Safe for any thread; a group that does not exist may be created on the way.
 */
final class PullAdmission {

    private static final String NO_SQL92 = "The broker does not support consumer to filter message by SQL92";

    private final LiveConfig config;
    private final Topics topics;
    private final GroupConfigs groupConfigs;
    private final ConsumerGroups groups;
    private final SubscriptionFilters filters;
    private final MessageStore store;

    PullAdmission(
            LiveConfig config,
            Topics topics,
            GroupConfigs groupConfigs,
            ConsumerGroups groups,
            SubscriptionFilters filters,
            MessageStore store) {
        this.config = config;
        this.topics = topics;
        this.groupConfigs = groupConfigs;
        this.groups = groups;
        this.filters = filters;
        this.store = store;
    }

    Admission check(PullRequestHeader header, Exchange exchange) {
        Optional<Refused> brokerSays = checkBroker(exchange.request().code());
        if (brokerSays.isPresent()) {
            return brokerSays.get();
        }
        Optional<GroupConfig> group = groupConfigs.findOrCreate(header.consumerGroup());
        if (group.isEmpty()) {
            return new Refused(
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                    "subscription group [" + header.consumerGroup() + "] does not exist, " + Refusal.FAQ);
        }
        if (!group.get().consumeEnable()) {
            return new Refused(
                    ResponseCode.NO_PERMISSION,
                    "subscription group no permission, " + header.consumerGroup(),
                    Admission.FORBIDDEN_BY_GROUP);
        }
        Optional<TopicConfig> topic = topics.find(header.topic());
        if (topic.isEmpty()) {
            return new Refused(
                    ResponseCode.TOPIC_NOT_EXIST,
                    "topic[" + header.topic() + "] not exist, apply first please! " + Refusal.FAQ);
        }
        Optional<Refused> topicSays = checkTopic(header, topic.get(), exchange);
        if (topicSays.isPresent()) {
            return topicSays.get();
        }
        Filtering filtering = PullFlags.has(header.sysFlag(), PullFlags.SUBSCRIPTION)
                ? filterOfRequest(header)
                : filterOfHeartbeat(header, group.get(), exchange.connection());
        if (filtering instanceof Filtering.No no) {
            return no.refused();
        }
        return new Admitted(
                store.queue(header.topic(), header.queueId()),
                ((Filtering.By) filtering).filter(),
                topic.get().sysFlag(),
                group.get().sysFlag());
    }

    /** The filter of a pull, or why there is none. */
    private sealed interface Filtering {

        record By(RecordFilter filter) implements Filtering {}

        record No(Refused refused) implements Filtering {

            No(int code, String remark) {
                this(new Refused(code, remark));
            }
        }
    }

    private Optional<Refused> checkBroker(int requestCode) {
        if (!config.get().topics().brokerReadable()) {
            return Optional.of(forbiddenByBroker("pulling message is forbidden"));
        }
        if (requestCode == RequestCode.LITE_PULL_MESSAGE
                && !config.get().pulls().litePull()) {
            return Optional.of(forbiddenByBroker("for lite pull consumer is forbidden"));
        }
        return Optional.empty();
    }

    private Refused forbiddenByBroker(String what) {
        return new Refused(
                ResponseCode.NO_PERMISSION,
                "the broker[" + config.get().identity().advertisedHost() + "] " + what,
                Admission.FORBIDDEN_BY_BROKER);
    }

    private static Optional<Refused> checkTopic(PullRequestHeader header, TopicConfig topic, Exchange exchange) {
        if (!topic.isReadable()) {
            return Optional.of(new Refused(
                    ResponseCode.NO_PERMISSION,
                    "the topic[" + header.topic() + "] pulling message is forbidden",
                    Admission.FORBIDDEN_BY_TOPIC));
        }
        if (header.queueId() < 0 || header.queueId() >= topic.readQueues()) {
            return Optional.of(new Refused(
                    ResponseCode.INVALID_PARAMETER,
                    "queueId[" + header.queueId() + "] is illegal, topic:[" + header.topic()
                            + "] topicConfig.readQueueNums:[" + topic.readQueues() + "] consumer:["
                            + exchange.connection().remoteAddress() + "]"));
        }
        return Optional.empty();
    }

    /** The subscription is in the request; heartbeats are not asked. */
    private Filtering filterOfRequest(PullRequestHeader header) {
        if (isSwitchedOff(header.expressionType())) {
            return new Filtering.No(ResponseCode.SYSTEM_ERROR, NO_SQL92);
        }
        CompiledFilter compiled = FilterCompiler.compile(header.expressionType(), header.subscription());
        if (compiled instanceof Usable usable) {
            return new Filtering.By(usable.filter());
        }
        if (compiled instanceof Unparsable) {
            return new Filtering.No(ResponseCode.SUBSCRIPTION_PARSE_FAILED, "parse the consumer's subscription failed");
        }
        return new Filtering.No(ResponseCode.SYSTEM_ERROR, NO_SQL92);
    }

    private boolean isSwitchedOff(String expressionType) {
        return !FilterCompiler.isTagType(expressionType)
                && !config.get().pulls().propertyFilter();
    }

    private Filtering filterOfHeartbeat(PullRequestHeader header, GroupConfig groupConfig, Connection connection) {
        Optional<LiveGroup> group = groups.find(header.consumerGroup());
        if (group.isEmpty()) {
            return new Filtering.No(
                    ResponseCode.SUBSCRIPTION_NOT_EXIST, "the consumer's group info not exist" + Refusal.FAQ);
        }
        if (group.get().mode().isBroadcasting() && !groupConfig.consumeBroadcastEnable()) {
            return new Filtering.No(new Refused(
                    ResponseCode.NO_PERMISSION,
                    "the consumer group[" + header.consumerGroup() + "] can not consume by broadcast way",
                    Admission.BROADCAST_FORBIDDEN));
        }
        Optional<Subscription> subscription = group.get().subscription(connection, header.topic());
        if (subscription.isEmpty()) {
            return new Filtering.No(
                    ResponseCode.SUBSCRIPTION_NOT_EXIST, "the consumer's subscription not exist" + Refusal.FAQ);
        }
        if (subscription.get().version() < header.subVersion()) {
            return new Filtering.No(ResponseCode.SUBSCRIPTION_NOT_LATEST, "the consumer's subscription not latest");
        }
        if (isSwitchedOff(subscription.get().expressionType())) {
            return new Filtering.No(ResponseCode.SYSTEM_ERROR, NO_SQL92);
        }
        CompiledFilter compiled = filters.filterOf(header.consumerGroup(), subscription.get());
        if (compiled instanceof Usable usable) {
            return new Filtering.By(usable.filter());
        }
        if (compiled instanceof Unparsable) {
            return new Filtering.No(
                    ResponseCode.FILTER_DATA_NOT_EXIST,
                    "The broker's consumer filter data is not exist!Your expression may be wrong!");
        }
        return new Filtering.No(ResponseCode.SYSTEM_ERROR, NO_SQL92);
    }
}
