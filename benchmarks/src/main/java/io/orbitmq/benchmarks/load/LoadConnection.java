package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.benchmarks.wire.FrameView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One non-blocking connection of a {@link LoadLoop}; owned by the loop's thread. */
final class LoadConnection implements AutoCloseable {

    private static final int OPAQUE_SLOTS = 1 << 16;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final long[] intendedNanos = new long[OPAQUE_SLOTS];
    private final int[] tags = new int[OPAQUE_SLOTS];
    private final FrameView view = new FrameView();
    private ByteBuffer out = ByteBuffer.allocate(1 << 20);
    private ByteBuffer in = ByteBuffer.allocate(1 << 20);
    private int nextOpaque = FrameTemplate.FIRST_OPAQUE;

    LoadConnection(InetSocketAddress address, Selector selector) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Queues a request; {@code tag} comes back with its response. */
    void send(FrameTemplate template, long intendedAtNanos, int tag) {
        int opaque = nextOpaque++;
        intendedNanos[opaque & OPAQUE_SLOTS - 1] = intendedAtNanos;
        tags[opaque & OPAQUE_SLOTS - 1] = tag;
        if (out.remaining() < template.sizeBytes()) {
            out = grown(out, template.sizeBytes());
        }
        template.write(out, opaque);
    }

    /** Writes what is queued as far as the socket takes it. */
    void flush() throws IOException {
        if (out.position() == 0) {
            return;
        }
        out.flip();
        channel.write(out);
        out.compact();
        int wanted = out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /** Reads what is there and hands every complete response to {@code receiver}. */
    void receive(Receiver receiver) throws IOException {
        int read = channel.read(in);
        if (read < 0) {
            throw new IOException("the server closed a load connection; look at its log");
        }
        int position = 0;
        int end = in.position();
        while (end - position >= 4) {
            int length = in.getInt(position);
            if (end - position < length + 4) {
                if (in.capacity() < length + 4) {
                    in = grown(in, length);
                }
                break;
            }
            view.wrap(in, position, length);
            int slot = view.opaque() & OPAQUE_SLOTS - 1;
            receiver.received(this, view, intendedNanos[slot], tags[slot]);
            position += length + 4;
        }
        in.limit(end).position(position);
        in.compact();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static ByteBuffer grown(ByteBuffer full, int more) {
        ByteBuffer larger = ByteBuffer.allocate(Math.max(full.capacity() * 2, full.capacity() + more));
        full.flip();
        return larger.put(full);
    }

    /** Takes responses in the order they arrive. */
    interface Receiver {

        /** {@code tag} is the one given with the request. */
        void received(LoadConnection connection, FrameView response, long intendedNanos, int tag);
    }
}
