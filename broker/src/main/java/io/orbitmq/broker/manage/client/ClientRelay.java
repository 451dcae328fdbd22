package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.Member;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import io.orbitmq.transport.Exchange;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Passes an operator's request on to a member of a group and its answer back (protocol/07 section 13.2). Any thread. */
final class ClientRelay {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConsumerGroups groups;

    ClientRelay(ConsumerGroups groups) {
        this.groups = groups;
    }

    /** Sends {@code request} to the client and answers {@code exchange} with what comes back. */
    void relay(Exchange exchange, String group, String clientId, Command request) {
        Optional<Member> member = groups.find(group).flatMap(live -> live.findMember(clientId));
        if (member.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "The Consumer <" + group + "> <" + clientId + "> not online");
            return;
        }
        member.get().connection().call(request, PATIENCE).whenComplete((answer, failure) -> {
            if (failure == null) {
                exchange.answer(Command.response(
                        exchange.request(), answer.code(), answer.remark(), answer.fields(), answer.body()));
            } else {
                refuse(exchange, "consumer <" + group + "> <" + clientId + "> ", failure);
            }
        });
    }

    private static void refuse(Exchange exchange, String who, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof CallFailedException failed && failed.reason() == Reason.TIMED_OUT) {
            exchange.refuse(
                    ResponseCode.CONSUME_MSG_TIMEOUT,
                    who + "Timeout: no answer within " + PATIENCE.toMillis() + " ms; look at the client's log");
        } else {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, who + "could not be asked: " + cause.getMessage());
        }
    }
}
