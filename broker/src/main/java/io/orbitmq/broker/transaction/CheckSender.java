package io.orbitmq.broker.transaction;

import io.orbitmq.broker.group.Member;
import io.orbitmq.broker.group.ProducerGroups;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.CheckTransactionHeader;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.transport.Connection;
import java.util.List;
import java.util.Optional;

/** Asks a producer of the half message's group what became of a transaction (protocol/06 section 4.6). One thread. */
final class CheckSender {

    private final ProducerGroups producers;
    private final String brokerName;
    private int turn;

    CheckSender(ProducerGroups producers, String brokerName) {
        this.producers = producers;
        this.brokerName = brokerName;
    }

    /**
     * Sends the question, to the group's producers in turn.
     *
     * @param checks which time it is, from 1
     * @return whether there was a producer to send it to
     */
    boolean ask(HalfMessage half, int checks) {
        Optional<Connection> producer = nextProducer(half.producerGroup());
        producer.ifPresent(connection -> connection.sendOneWay(Command.request(
                RequestCode.CHECK_TRANSACTION_STATE,
                new CheckTransactionHeader(
                                Names.HALF_TOPIC,
                                half.queueOffset(),
                                half.position(),
                                half.uniqueKey(),
                                half.uniqueKey(),
                                half.offsetMessageId(),
                                brokerName)
                        .toFields(),
                half.question(checks))));
        return producer.isPresent();
    }

    private Optional<Connection> nextProducer(String group) {
        List<Connection> connections = producers.members(group).stream()
                .map(Member::connection)
                .filter(Connection::isOpen)
                .toList();
        return connections.isEmpty()
                ? Optional.empty()
                : Optional.of(connections.get(Math.floorMod(turn++, connections.size())));
    }
}
