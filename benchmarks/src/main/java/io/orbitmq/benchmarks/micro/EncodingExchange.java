package io.orbitmq.benchmarks.micro;

import io.netty.buffer.ByteBuf;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.Exchange;

/**
 * A request over an {@link EncodingConnection}. Unlike the recording exchange for tests it makes no object of its own for an
 * answer: what is counted is what the broker allocates.
 */
final class EncodingExchange implements Exchange {

    private final Command request;
    private final EncodingConnection connection;

    EncodingExchange(Command request, EncodingConnection connection) {
        this.request = request;
        this.connection = connection;
    }

    @Override
    public Command request() {
        return request;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public void answer(Command response) {
        connection.write(response);
    }

    @Override
    public void answer(int code, String remark, Fields fields, ByteBuf body) {
        throw new UnsupportedOperationException("a send is answered without a pooled body");
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        connection.atEndOfTurn(task);
    }
}
