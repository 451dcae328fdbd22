package io.orbitmq.transport.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import java.nio.ByteBuffer;

/**
 * The frames that leave one connection. Small frames of a turn are written one behind the other into a chunk and cross the
 * pipeline once; a large body in a pooled buffer goes out as it is, gathered by the system call. Belongs to
 * the connection's event loop.
 */
final class Outbound {

    private static final int LARGEST_CHUNK_BYTES = 64 * 1024;
    private static final int COPIED_BODY_BYTES = 8 * 1024;

    private final Channel channel;
    private final Loop loop;
    private final SerializeType serializeType;
    private final Traffic traffic;
    private final IdleWatch idle;
    /** What was written and not passed on; from the loop, null when there is nothing. */
    private ByteSink chunk;

    private int turnBytes;
    private boolean waitsForFlush;

    Outbound(Channel channel, Loop loop, Services services, IdleWatch idle) {
        this.channel = channel;
        this.loop = loop;
        this.serializeType = services.limits().serializeType();
        this.traffic = services.traffic();
        this.idle = idle;
    }

    /**
     * Adds a frame whose body is copied; the body's position does not move.
     *
     * @throws IllegalArgumentException when the frame would be too large; nothing was added
     */
    void write(Command command, ByteBuffer body) {
        int bodyLength = body.remaining();
        ByteSink out = chunk();
        int start = out.size();
        Frames.encodeHead(command, bodyLength, serializeType, out);
        if (bodyLength > 0) {
            out.writeBytes(body.duplicate());
        }
        wrote(out.size() - start);
    }

    /**
     * Adds a frame and takes the body over, also when it fails.
     *
     * @throws IllegalArgumentException when the frame would be too large; nothing was added
     */
    void write(Command command, ByteBuf body) {
        int bodyLength = body.readableBytes();
        boolean passedOn = false;
        try {
            ByteSink out = chunk();
            int start = out.size();
            Frames.encodeHead(command, bodyLength, serializeType, out);
            int headLength = out.size() - start;
            if (bodyLength <= COPIED_BODY_BYTES) {
                out.writeBytes(body.nioBuffer());
            } else {
                pass();
                passedOn = true;
                channel.write(body, channel.voidPromise());
            }
            wrote(headLength + bodyLength);
        } finally {
            if (!passedOn) {
                body.release();
            }
        }
    }

    /** Hands everything written so far to the operating system. */
    void flush() {
        waitsForFlush = false;
        if (!channel.isActive()) {
            discard();
            return;
        }
        pass();
        traffic.bytesOut.add(turnBytes);
        turnBytes = 0;
        channel.flush();
        if (channel.isWritable()) {
            idle.touch();
        }
    }

    /** Bytes passed on that the peer has not taken, as far as they hinder writing; 0 while below the high-water mark. */
    long unsentBytes() {
        return channel.isWritable() ? 0 : channel.bytesBeforeWritable();
    }

    void discard() {
        if (chunk != null) {
            loop.giveBack(chunk);
            chunk = null;
        }
    }

    private ByteSink chunk() {
        if (chunk == null) {
            chunk = loop.takeSink();
        }
        return chunk;
    }

    private void wrote(int frameBytes) {
        turnBytes += frameBytes;
        if (chunk != null && chunk.size() >= LARGEST_CHUNK_BYTES) {
            pass();
        }
        if (!waitsForFlush) {
            waitsForFlush = true;
            loop.needsFlush(this);
        }
    }

    private void pass() {
        if (chunk != null && chunk.size() > 0) {
            ByteBuf full = channel.alloc().directBuffer(chunk.size());
            full.writeBytes(chunk.array(), 0, chunk.size());
            discard();
            channel.write(full, channel.voidPromise());
        }
    }
}
