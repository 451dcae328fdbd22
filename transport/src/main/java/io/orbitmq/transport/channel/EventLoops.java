package io.orbitmq.transport.channel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.orbitmq.foundation.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The event loop threads of one server or client: daemons, named. Uses Linux epoll when its native library is on the
 * class path, else NIO.
 */
public final class EventLoops {

    private final boolean nativeEpoll;
    private final EventLoopGroup group;

    private EventLoops(String threadName, int threads, boolean forceNio, UnaryOperator<IoHandler> decorated) {
        this.nativeEpoll = !forceNio && Epoll.isAvailable();
        this.group =
                new MultiThreadIoEventLoopGroup(
                        threads,
                        new DefaultThreadFactory(threadName, true),
                        nativeEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()) {
                    @Override
                    protected IoEventLoop newChild(Executor executor, IoHandlerFactory io, Object... arguments) {
                        return new TurnEventLoop(this, executor, owner -> decorated.apply(io.newHandler(owner)));
                    }
                };
    }

    /** @param forceNio never use native epoll */
    public static EventLoops start(String threadName, int threads, boolean forceNio) {
        return new EventLoops(threadName, threads, forceNio, UnaryOperator.identity());
    }

    /**
     * With threads that look for requests for a moment before they sleep, while that pays. On a single core they sleep at
     * once: nobody could send meanwhile.
     *
     * @param forceNio never use native epoll
     * @param busyPoll the moment; zero to sleep at once
     */
    public static EventLoops start(String threadName, int threads, boolean forceNio, Duration busyPoll, Clock clock) {
        if (busyPoll.isZero() || Runtime.getRuntime().availableProcessors() == 1) {
            return start(threadName, threads, forceNio);
        }
        return new EventLoops(threadName, threads, forceNio, io -> new BusyPoll(io, busyPoll, clock));
    }

    /** {@code epoll} or {@code nio}. */
    public String kind() {
        return nativeEpoll ? "epoll" : "nio";
    }

    public EventLoopGroup group() {
        return group;
    }

    public Class<? extends ServerChannel> serverChannel() {
        return nativeEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    public Class<? extends Channel> clientChannel() {
        return nativeEpoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    Loop of(EventLoop eventLoop) {
        return ((TurnEventLoop) eventLoop).loop();
    }

    /** What the loops share with their connections. */
    List<Loop> all() {
        List<Loop> all = new ArrayList<>();
        group.forEach(executor -> all.add(of((EventLoop) executor)));
        return all;
    }

    /** Stops the threads; work that is not done after {@code limit} is dropped. Not from an event loop. */
    public void stop(Duration limit) {
        group.shutdownGracefully(0, limit.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
