package io.orbitmq.benchmarks.floor;

import io.orbitmq.benchmarks.wire.FrameView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection of the {@link FloorServer}; owned by its thread. */
final class FloorConnection {

    private static final int BUFFER_BYTES = 4 << 20;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final FloorRequests requests;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final FrameView view = new FrameView();

    FloorConnection(SocketChannel channel, SelectionKey key, FloorRequests requests) {
        this.channel = channel;
        this.key = key;
        this.requests = requests;
    }

    /** Answers what has arrived whole; a connection that breaks or sends what does not fit is closed. */
    void serve() {
        try {
            if (channel.read(in) < 0) {
                close();
                return;
            }
            int rest = answerFrames();
            in.limit(in.position()).position(rest);
            in.compact();
            flush();
            if (!in.hasRemaining()) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    /** What is to be sent. */
    ByteBuffer out() {
        return out;
    }

    /** Sends what is to be sent, as far as the socket takes it. */
    void flush() {
        try {
            out.flip();
            channel.write(out);
            out.compact();
            key.interestOps(out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        } catch (IOException e) {
            close();
        }
    }

    /** Returns where the first incomplete frame starts. */
    private int answerFrames() throws IOException {
        int position = 0;
        int end = in.position();
        while (end - position >= Integer.BYTES && out.remaining() >= requests.largestAnswerBytes()) {
            int frameBytes = in.getInt(position) + Integer.BYTES;
            if (end - position < frameBytes) {
                break;
            }
            view.wrap(in, position, frameBytes - Integer.BYTES);
            requests.answer(view, this);
            position += frameBytes;
        }
        return position;
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            key.cancel();
        }
    }
}
