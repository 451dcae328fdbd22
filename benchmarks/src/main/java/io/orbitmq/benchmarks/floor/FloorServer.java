package io.orbitmq.benchmarks.floor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A bare loop over non-blocking sockets that copies each send into a ring and counts it, and answers pulls from what lies
 * ready-made. Single-threaded.
 */
public final class FloorServer implements AutoCloseable {

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final FloorRequests requests = new FloorRequests();

    /** @param port to listen on at the loopback address, 0 for a free one */
    public FloorServer(int port) throws IOException {
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Runs until the process ends; the argument is the port. */
    public static void main(String[] arguments) throws IOException {
        try (FloorServer server = new FloorServer(Integer.parseInt(arguments[0]))) {
            System.out.println("ready broker=" + server.address());
            server.run();
        }
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Serves until the thread is interrupted; close afterwards. */
    public void run() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    accept();
                } else {
                    ((FloorConnection) key.attachment()).serve();
                }
            }
            selector.selectedKeys().clear();
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void accept() throws IOException {
        SocketChannel channel = listener.accept();
        if (channel != null) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new FloorConnection(channel, key, requests));
        }
    }
}
