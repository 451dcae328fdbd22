package io.orbitmq.transport.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.MalformedFrameException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler in a connection's pipeline: takes plain bytes, decodes all frames of a read in one loop and hands
 * each to the dispatcher. Nothing is flushed here; that happens once when the turn ends. One instance per connection;
 * everything runs on its event loop.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements FrameReader.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final ChannelConnection connection;
    private final Dispatcher dispatcher;
    private final Services services;
    private final FrameReader reader;
    private final Deque<ByteBuf> undecoded = new ArrayDeque<>();
    private boolean broken;
    private int requestsOfRead;

    ConnectionHandler(ChannelConnection connection, Dispatcher dispatcher, Services services, FrameSource source) {
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.services = services;
        this.reader = source.reader(this);
        connection.gate().onResume(this::decodeRest);
    }

    /** Makes the frame reader of one connection. */
    @FunctionalInterface
    interface FrameSource {
        FrameReader reader(FrameReader.Receiver receiver);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connection.active();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        reader.close();
        undecoded.forEach(ByteBuf::release);
        undecoded.clear();
        connection.inactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        services.traffic().bytesIn.add(in.readableBytes());
        if (connection.gate().isPaused()) {
            undecoded.addLast(in);
        } else {
            decode(in);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        connection.idle().touch();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            connection.idle().touch();
            connection.gate().reconsider();
        }
    }

    @Override
    public boolean wantsMore() {
        return !broken && connection.gate().mayTake();
    }

    @Override
    public void expect(List<Command> commands) {
        dispatcher.expect(commands);
    }

    @Override
    public void received(Command command, int frameBytes) {
        if (command.isResponse()) {
            respond(command);
        } else {
            requestsOfRead++;
            dispatcher.dispatch(connection, command, frameBytes);
        }
    }

    private void respond(Command response) {
        if (!connection.calls().complete(response.withBody(Bodies.copy(response.body())))) {
            LOG.debug(
                    "event=unknown-opaque remote={} opaque={} code={} action=ignored",
                    connection,
                    response.opaque(),
                    response.code());
        }
    }

    private void decode(ByteBuf in) {
        try {
            readCounting(in);
        } catch (MalformedFrameException e) {
            refuse(e);
        } finally {
            if (in.isReadable() && !broken && connection.isOpen()) {
                undecoded.addFirst(in);
            } else {
                in.release();
            }
        }
    }

    private void readCounting(ByteBuf in) {
        try {
            reader.read(in);
        } finally {
            services.traffic().requests.add(requestsOfRead);
            requestsOfRead = 0;
        }
    }

    private void decodeRest() {
        while (!undecoded.isEmpty() && !connection.gate().isPaused() && !broken) {
            decode(undecoded.removeFirst());
        }
    }

    private void refuse(Throwable cause) {
        broken = true;
        connection.outbound().flush();
        services.traffic().malformed.increment();
        services.warnings()
                .warn(
                        "event=malformed-input remote={} port={} action=closed cause=\"{}\"",
                        connection,
                        connection.localAddress().getPort(),
                        cause.getMessage());
        connection.close();
    }

    /** Everything that escapes the pipeline ends this connection and nothing else. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("event=connection-broken remote={} cause=\"{}\"", connection, cause.getMessage());
        } else if (cause instanceof DecoderException) {
            refuse(cause.getCause() == null ? cause : cause.getCause());
        } else if (ctx.channel().isActive()) {
            services.warnings()
                    .warn(
                            "event=connection-failed remote={} port={} action=closed",
                            connection,
                            connection.localAddress().getPort(),
                            cause);
        }
        broken = true;
        ctx.close();
    }
}
