package io.orbitmq.broker.dedup;

import io.netty.buffer.ByteBuf;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;

/** A request that is handled a second time, with a body of its own. Threads as of the exchange it stands for. */
final class HeldExchange implements Exchange {

    private final Exchange original;
    private final Command request;
    private final long durableEnd;

    /** @param durableEnd everything before this log position is now as durable as it will ever be */
    private HeldExchange(Exchange original, Command request, long durableEnd) {
        this.original = original;
        this.request = request;
        this.durableEnd = durableEnd;
    }

    /** Keeps the request; to be called while its body is valid. */
    static HeldExchange of(Exchange exchange, long durableEnd) {
        if (exchange instanceof HeldExchange held) {
            return new HeldExchange(held.original, held.request, Math.max(durableEnd, held.durableEnd));
        }
        ByteBuffer body = exchange.request().body();
        ByteBuffer copy = ByteBuffer.allocate(body.remaining());
        copy.put(body.duplicate()).flip();
        return new HeldExchange(exchange, exchange.request().withBody(copy), durableEnd);
    }

    /** The log position up to which the exchange has waited already, 0 when it was not held. */
    static long waitedFor(Exchange exchange) {
        return exchange instanceof HeldExchange held ? held.durableEnd : 0;
    }

    static boolean isHeld(Exchange exchange) {
        return exchange instanceof HeldExchange;
    }

    @Override
    public Command request() {
        return request;
    }

    @Override
    public Connection connection() {
        return original.connection();
    }

    @Override
    public void answer(Command response) {
        original.answer(response);
    }

    @Override
    public void answer(int code, String remark, Fields fields, ByteBuf body) {
        original.answer(code, remark, fields, body);
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        original.atEndOfTurn(task);
    }
}
