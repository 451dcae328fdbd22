package io.orbitmq.transport.fake;

import io.netty.buffer.ByteBuf;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A request that remembers its answer. As on a real connection only the first answer counts and a one-way request gets
 * none. Tasks for the end of the turn wait for {@link #endTurn}. Any thread may answer; the test reads.
 */
public final class RecordingExchange implements Exchange {

    private final Command request;
    private final Connection connection;
    private final CompletableFuture<Command> response = new CompletableFuture<>();
    private final List<Runnable> endOfTurn = new ArrayList<>();

    /** A request over a {@link RecordingConnection} of its own. */
    public RecordingExchange(Command request) {
        this(request, new RecordingConnection());
    }

    public RecordingExchange(Command request, Connection connection) {
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
    public void answer(Command answer) {
        if (!request.isOneWay()) {
            response.complete(answer);
        }
    }

    /** Copies the body into the recorded command and releases the buffer. */
    @Override
    public void answer(int code, String remark, Fields fields, ByteBuf body) {
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        body.release();
        answer(Command.response(request, code, remark, fields, ByteBuffer.wrap(bytes)));
    }

    @Override
    public synchronized void atEndOfTurn(Runnable task) {
        if (endOfTurn.stream().noneMatch(waiting -> waiting == task)) {
            endOfTurn.add(task);
        }
    }

    /** Runs the tasks that wait for the end of the turn, in order; tasks added by them run too. */
    public void endTurn() {
        for (Optional<Runnable> next = pollTask(); next.isPresent(); next = pollTask()) {
            next.get().run();
        }
    }

    private synchronized Optional<Runnable> pollTask() {
        return endOfTurn.isEmpty() ? Optional.empty() : Optional.of(endOfTurn.remove(0));
    }

    public boolean isAnswered() {
        return response.isDone();
    }

    /**
     * The answer.
     *
     * @throws IllegalStateException when there is none yet
     */
    public Command response() {
        if (!response.isDone()) {
            throw new IllegalStateException(
                    "request code " + request.code() + " has no answer yet; end the turn or wait for responseFuture()");
        }
        return response.join();
    }

    /** Completes with the answer, for handlers that answer from another thread. */
    public CompletableFuture<Command> responseFuture() {
        return response;
    }
}
