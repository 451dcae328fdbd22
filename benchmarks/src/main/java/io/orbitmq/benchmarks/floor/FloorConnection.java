package io.orbitmq.benchmarks.floor;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.benchmarks.wire.FrameView;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.send.SendAnswerHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection of the {@link FloorServer}; owned by its thread. */
final class FloorConnection {

    private static final int BUFFER_BYTES = 4 << 20;

    private final SocketChannel channel;
    private final ByteBuffer ring;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
    private final FrameView view = new FrameView();
    private final FrameTemplate answer = answer();

    FloorConnection(SocketChannel channel, ByteBuffer ring) {
        this.channel = channel;
        this.ring = ring;
    }

    /** Answers what has arrived whole; a connection that breaks or sends what does not fit is closed. */
    void serve(SelectionKey key) {
        try {
            if (channel.read(in) < 0) {
                channel.close();
                return;
            }
            int rest = answerFrames();
            in.limit(in.position()).position(rest);
            in.compact();
            out.flip();
            channel.write(out);
            out.compact();
            key.interestOps(out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            if (!in.hasRemaining()) {
                channel.close();
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    /** Returns where the first incomplete frame starts. */
    private int answerFrames() {
        int position = 0;
        int end = in.position();
        while (end - position >= Integer.BYTES && out.remaining() >= answer.sizeBytes()) {
            int frameBytes = in.getInt(position) + Integer.BYTES;
            if (end - position < frameBytes) {
                break;
            }
            view.wrap(in, position, frameBytes - Integer.BYTES);
            if (ring.remaining() < frameBytes) {
                ring.clear();
            }
            ring.put(in.array(), position, frameBytes);
            answer.write(out, view.opaque());
            position += frameBytes;
        }
        return position;
    }

    private static FrameTemplate answer() {
        SendAnswerHeader header = new SendAnswerHeader(
                "7F00000100002A9F0000000000000000",
                0,
                0,
                "7F00000100004EF20000000123456789",
                "",
                "",
                "DefaultRegion",
                true);
        return FrameTemplate.of(
                Command.response(Command.request(0, Fields.NONE), ResponseCode.SUCCESS, header.toFields()));
    }
}
