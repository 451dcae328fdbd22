package io.orbitmq.transport.channel;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import java.util.concurrent.CompletableFuture;

/** A call of ours on its way to the event loop that writes it. */
final class OutgoingRequest implements Loop.Submission {

    private final ChannelConnection connection;
    private final Command request;
    private final long deadlineNanos;
    private final CompletableFuture<Command> answer;

    OutgoingRequest(
            ChannelConnection connection, Command request, long deadlineNanos, CompletableFuture<Command> answer) {
        this.connection = connection;
        this.request = request;
        this.deadlineNanos = deadlineNanos;
        this.answer = answer;
    }

    @Override
    public void onLoop() {
        PendingCalls calls = connection.calls();
        if (!connection.isOpen()) {
            calls.unreserve();
            answer.completeExceptionally(connection.closedException());
            return;
        }
        if (connection.isClogged()) {
            calls.unreserve();
            answer.completeExceptionally(new CallFailedException(
                    Reason.BUSY, "the peer " + connection + " does not read what was sent to it; try again later"));
            return;
        }
        int opaque = calls.add(answer, deadlineNanos, request.code());
        try {
            connection.outbound().write(request.withOpaque(opaque), request.body());
        } catch (IllegalArgumentException e) {
            calls.fail(opaque, new CallFailedException(Reason.UNSENDABLE, e.getMessage(), e));
        }
    }

    @Override
    public void onLoopGone() {
        connection.calls().unreserve();
        answer.completeExceptionally(connection.closedException());
    }
}
