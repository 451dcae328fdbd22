package io.orbitmq.broker.assignment;

import io.orbitmq.broker.AssignmentSettings;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.broker.group.Member;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.group.Assignment;
import io.orbitmq.protocol.body.group.AssignmentQuery;
import io.orbitmq.protocol.body.group.MessageRequestMode;
import io.orbitmq.protocol.body.group.RequestMode;
import io.orbitmq.protocol.body.queue.MessageQueueKey;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * QUERY_ASSIGNMENT: the share of the asking member (protocol/07 section 15). Where no answer can be given (the topic has
 * no queue, the group no member, no nameserver answers) it says "keep what you have". Never waits.
 */
final class AssignmentHandler implements RequestHandler {

    private final LiveConfig config;
    private final RequestModes modes;
    private final ConsumerGroups consumers;
    private final ClusterQueues queues;

    AssignmentHandler(LiveConfig config, RequestModes modes, ConsumerGroups consumers, ClusterQueues queues) {
        this.config = config;
        this.modes = modes;
        this.consumers = consumers;
        this.queues = queues;
    }

    @Override
    public void handle(Exchange exchange) {
        AssignmentQuery query = AssignmentQuery.decode(exchange.request().body());
        queues.readable(query.topic()).thenAccept(known -> answer(exchange, known.flatMap(all -> assign(query, all))));
    }

    private Optional<Assignment> assign(AssignmentQuery query, List<MessageQueueKey> all) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        AssignmentSettings settings = config.get().groups().assignment();
        MessageRequestMode mode = modes.of(query.topic(), query.consumerGroup());
        Optional<List<MessageQueueKey>> share = query.model() == MessageModel.BROADCASTING || !settings.balance()
                ? Optional.of(all)
                : share(query, mode, all);
        return share.map(assigned -> new Assignment(mode.mode(), assigned));
    }

    private Optional<List<MessageQueueKey>> share(
            AssignmentQuery query, MessageRequestMode mode, List<MessageQueueKey> all) {
        List<String> members = membersOf(query.consumerGroup());
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Allocation allocation = new Allocation(all, members);
        return mode.mode() == RequestMode.POP
                ? allocation.toPop(query.clientId(), query.strategy(), mode.popShareQueues())
                : allocation.toPull(query.clientId(), query.strategy());
    }

    private List<String> membersOf(String group) {
        return consumers.find(group).map(LiveGroup::members).orElse(List.of()).stream()
                .map(Member::clientId)
                .distinct()
                .sorted()
                .toList();
    }

    private static void answer(Exchange exchange, Optional<Assignment> assignment) {
        byte[] body = assignment.map(Assignment::encode).orElseGet(Assignment::encodeNothingKnown);
        exchange.answer(
                Command.response(exchange.request(), ResponseCode.SUCCESS, "", Fields.NONE, ByteBuffer.wrap(body)));
    }
}
