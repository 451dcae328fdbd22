package io.orbitmq.broker.pop;

import io.orbitmq.broker.filter.CompiledFilter;
import io.orbitmq.broker.filter.CompiledFilter.Usable;
import io.orbitmq.broker.filter.FilterCompiler;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.pop.PopRequestHeader;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.transport.Connection;
import java.util.Optional;

/**
 * The checks of protocol/08 section 2.1 in their order; other requests have the same ones from the second on. Heartbeats
 * are not asked. Safe for any thread; a group that does not exist may be created on the way.
 */
final class PopAdmission {

    private static final int MOST_MESSAGES = 32;
    private static final long CLOCK_TOLERANCE_MS = 500;

    private final PopParts parts;

    PopAdmission(PopParts parts) {
        this.parts = parts;
    }

    /** The verdict. */
    sealed interface Verdict {

        /**
         * May read.
         *
         * @param topic the normal topic
         * @param filter which messages
         */
        record Admitted(TopicConfig topic, RecordFilter filter) implements Verdict {}

        /** May not. */
        record Refused(Refusal refusal) implements Verdict {

            Refused(int code, String remark) {
                this(new Refusal(code, remark));
            }
        }
    }

    Verdict check(PopRequestHeader header, Connection connection) {
        long nowMs = parts.clock().epochMs();
        long bornMs = header.bornTimeMs() > 0 ? header.bornTimeMs() : nowMs;
        if (nowMs - bornMs - header.pollTimeMs() > CLOCK_TOLERANCE_MS) {
            return new Verdict.Refused(ResponseCode.POLLING_TIMEOUT, broker() + "pop message is timeout too much");
        }
        if (!parts.config().get().topics().brokerReadable()) {
            return forbiddenByBroker("pop message is forbidden");
        }
        if (header.maxMessages() > MOST_MESSAGES) {
            return new Verdict.Refused(
                    ResponseCode.INVALID_PARAMETER, broker() + "pop message's num is greater than 32");
        }
        if (!parts.config().get().delays().timers()) {
            return new Verdict.Refused(
                    ResponseCode.SYSTEM_ERROR, broker() + "pop message is forbidden because timerWheelEnable is false");
        }
        Verdict verdict = checkTopicAndGroup(header.consumerGroup(), header.topic(), header.queueId(), connection);
        return verdict instanceof Verdict.Admitted admitted ? withFilter(header, admitted.topic()) : verdict;
    }

    /** For requests that only look. */
    Verdict checkLook(String group, String topic, int queueId, Connection connection) {
        return parts.config().get().topics().brokerReadable()
                ? checkTopicAndGroup(group, topic, queueId, connection)
                : forbiddenByBroker("peeking message is forbidden");
    }

    private Verdict checkTopicAndGroup(String group, String topicName, int queueId, Connection connection) {
        Optional<TopicConfig> topic = parts.topics().find(topicName);
        if (topic.isEmpty()) {
            return new Verdict.Refused(topicMissing(topicName));
        }
        if (!topic.get().isReadable()) {
            return new Verdict.Refused(
                    ResponseCode.NO_PERMISSION, "the topic[" + topicName + "] peeking message is forbidden");
        }
        if (queueId >= topic.get().readQueues()) {
            return new Verdict.Refused(ResponseCode.INVALID_PARAMETER, illegalQueue(topic.get(), queueId, connection));
        }
        Optional<GroupConfig> config = parts.groups().findOrCreate(group);
        if (config.isEmpty()) {
            return new Verdict.Refused(
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                    "subscription group [" + group + "] does not exist, " + Refusal.FAQ);
        }
        if (!config.get().consumeEnable()) {
            return new Verdict.Refused(ResponseCode.NO_PERMISSION, "subscription group no permission, " + group);
        }
        return new Verdict.Admitted(topic.get(), RecordFilter.ALL);
    }

    static Refusal topicMissing(String topic) {
        return new Refusal(
                ResponseCode.TOPIC_NOT_EXIST, "topic[" + topic + "] not exist, apply first please! " + Refusal.FAQ);
    }

    static String illegalQueue(TopicConfig topic, int queueId, Connection connection) {
        return "queueId[" + queueId + "] is illegal, topic:[" + topic.name() + "] topicConfig.readQueueNums:["
                + topic.readQueues() + "] consumer:[" + connection.remoteAddress() + "]";
    }

    private static Verdict withFilter(PopRequestHeader header, TopicConfig topic) {
        if (header.expression().isEmpty()) {
            return new Verdict.Admitted(topic, RecordFilter.ALL);
        }
        CompiledFilter compiled = FilterCompiler.compile(header.expressionType(), header.expression());
        return compiled instanceof Usable usable
                ? new Verdict.Admitted(topic, usable.filter())
                : new Verdict.Refused(
                        ResponseCode.SUBSCRIPTION_PARSE_FAILED, "parse the consumer's subscription failed");
    }

    private Verdict forbiddenByBroker(String what) {
        return new Verdict.Refused(ResponseCode.NO_PERMISSION, broker() + what);
    }

    private String broker() {
        return "the broker[" + parts.config().get().identity().advertisedHost() + "] ";
    }
}
