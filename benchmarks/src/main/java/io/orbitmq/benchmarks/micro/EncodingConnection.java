package io.orbitmq.benchmarks.micro;

import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.transport.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A connection without a network: answers are encoded as frames and thrown away; refusals are errors. One thread. */
final class EncodingConnection implements Connection {

    private static final int SINK_BYTES = 1024;

    private final InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    private final HostAddress remoteHost = HostAddress.of(remote);
    private final ByteSink sink = new ByteSink(SINK_BYTES);
    private final List<Runnable> endOfTurn = new ArrayList<>();
    private int bytes;

    void write(Command answer) {
        if (answer.code() != 0) {
            throw new IllegalStateException("a send must succeed, found code " + answer.code() + " " + answer.remark());
        }
        sink.clear();
        Frames.encodeHead(answer, 0, SerializeType.JSON, sink);
        bytes += sink.size();
    }

    void atEndOfTurn(Runnable task) {
        if (!endOfTurn.contains(task)) {
            endOfTurn.add(task);
        }
    }

    /** Runs what waits for the end of the turn; gives the bytes answered since the last. */
    int endTurn() {
        for (int i = 0; i < endOfTurn.size(); i++) {
            endOfTurn.get(i).run();
        }
        endOfTurn.clear();
        int answered = bytes;
        bytes = 0;
        return answered;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress localAddress() {
        return remote;
    }

    @Override
    public HostAddress remoteHost() {
        return remoteHost;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public CompletableFuture<Command> call(Command request, Duration timeout) {
        throw new UnsupportedOperationException("a send calls nobody back");
    }

    @Override
    public void sendOneWay(Command request) {
        throw new UnsupportedOperationException("a send tells nobody else");
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void close() {}
}
