package io.orbitmq.transport.channel;

import io.netty.buffer.ByteBuf;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One received request. The first thread to answer wins the right to set {@code response}; the event loop then writes
 * it and takes the request off the connection's books.
 */
final class RequestExchange implements Exchange, Loop.Submission {

    private static final AtomicIntegerFieldUpdater<RequestExchange> ANSWERED =
            AtomicIntegerFieldUpdater.newUpdater(RequestExchange.class, "answered");
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ChannelConnection connection;
    private final Command request;
    private final int frameBytes;
    private volatile int answered;
    private Command response;
    private ByteBuf responseBody;

    RequestExchange(ChannelConnection connection, Command request, int frameBytes) {
        this.connection = connection;
        this.request = request;
        this.frameBytes = frameBytes;
    }

    @Override
    public Command request() {
        return request;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    int frameBytes() {
        return frameBytes;
    }

    @Override
    public void answer(Command answer) {
        if (!request.isOneWay()) {
            end(answer, null);
        }
    }

    @Override
    public void answer(int code, String remark, Fields fields, ByteBuf body) {
        if (request.isOneWay() || !end(Command.response(request, code, remark, fields, NO_BODY), body)) {
            body.release();
        }
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        Loop loop = connection.loop();
        if (loop.isCurrent()) {
            loop.atEndOfTurn(task);
        } else {
            task.run();
        }
    }

    /** The handler of a one-way request has returned. */
    void endOneWay() {
        end(null, null);
    }

    private boolean end(Command answer, ByteBuf body) {
        if (answered != 0 || !ANSWERED.compareAndSet(this, 0, 1)) {
            return false;
        }
        response = answer;
        responseBody = body;
        connection.loop().submit(this);
        return true;
    }

    @Override
    public void onLoop() {
        connection.requestEnded(frameBytes);
        if (response == null) {
            return;
        }
        if (!connection.isOpen()) {
            releaseBody();
            return;
        }
        try {
            write(correlated(response));
        } catch (IllegalArgumentException e) {
            write(Command.refusal(request, ResponseCode.SYSTEM_ERROR, String.valueOf(e.getMessage())), NO_BODY);
        }
        connection.wrote();
    }

    private void write(Command frame) {
        if (responseBody == null) {
            write(frame, frame.body());
        } else {
            connection.outbound().write(frame, responseBody);
        }
    }

    private void write(Command frame, ByteBuffer body) {
        connection.outbound().write(frame, body);
    }

    /** A relayed answer carries another request's opaque: the requester knows only its own. */
    private Command correlated(Command answer) {
        if (answer.opaque() == request.opaque() && answer.isResponse()) {
            return answer;
        }
        return Command.response(request, answer.code(), answer.remark(), answer.fields(), answer.body());
    }

    @Override
    public void onLoopGone() {
        releaseBody();
    }

    private void releaseBody() {
        if (responseBody != null) {
            responseBody.release();
        }
    }
}
