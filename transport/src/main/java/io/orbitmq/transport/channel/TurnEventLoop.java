package io.orbitmq.transport.channel;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.Executor;

/** An event loop that ends the turn of its connections when all that were ready have been read, without a task for it. */
final class TurnEventLoop extends SingleThreadIoEventLoop {

    private final Loop loop = new Loop(this);

    TurnEventLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory io) {
        super(parent, executor, io);
    }

    /** What its connections share. */
    Loop loop() {
        return loop;
    }

    @Override
    protected int runIo() {
        loop.beginReading();
        try {
            return super.runIo();
        } finally {
            loop.endReading();
        }
    }
}
