package io.orbitmq.transport;

import io.netty.buffer.ByteBuf;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;

/**
 * One received request and its answer. Safe for any thread; only the first answer is sent. Every request that is not
 * one-way must be answered in the end: until then its bytes count as in work, and a connection with too many of them
 * is not read.
 */
public interface Exchange {

    Command request();

    Connection connection();

    /** Sends the answer; dropped when the request was one-way or the connection is gone. */
    void answer(Command response);

    /** Sends code 0 with a body in a pooled buffer, whose ownership passes to the connection. */
    void answer(int code, String remark, Fields fields, ByteBuf body);

    /**
     * Runs {@code task} on the event loop after all frames that were read together with this one have been dispatched;
     * a task already waiting for the end of this turn (same object) is not added again. Off the event loop it runs at
     * once.
     */
    void atEndOfTurn(Runnable task);

    default void succeed(Fields fields) {
        answer(Command.response(request(), 0, fields));
    }

    default void refuse(int code, String remark) {
        answer(Command.refusal(request(), code, remark));
    }
}
