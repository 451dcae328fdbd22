package io.orbitmq.transport.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import java.nio.ByteBuffer;

/**
 * The frames that leave one connection. Small frames of a turn are written one behind the other into a shared chunk and
 * cross the pipeline once; a large body in a pooled buffer goes out as it is, gathered by the system call. Belongs to
 * the connection's event loop.
 */
final class Outbound {

    private static final int SMALLEST_CHUNK_BYTES = 512;
    private static final int LARGEST_CHUNK_BYTES = 64 * 1024;
    private static final int COPIED_BODY_BYTES = 8 * 1024;

    private final Channel channel;
    private final Loop loop;
    private final SerializeType serializeType;
    private final Traffic traffic;
    private final IdleWatch idle;
    private ByteBuf chunk;
    private int nextChunkBytes = SMALLEST_CHUNK_BYTES;
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
        ByteSink head = encodeHead(command, bodyLength);
        ByteBuf target = chunkWithRoom(head.size() + bodyLength);
        target.writeBytes(head.array(), 0, head.size());
        if (bodyLength > 0) {
            target.writeBytes(body.duplicate());
        }
        wrote(head.size() + bodyLength);
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
            ByteSink head = encodeHead(command, bodyLength);
            boolean copied = bodyLength <= COPIED_BODY_BYTES;
            ByteBuf target = chunkWithRoom(head.size() + (copied ? bodyLength : 0));
            target.writeBytes(head.array(), 0, head.size());
            if (copied) {
                target.writeBytes(body, body.readerIndex(), bodyLength);
            } else {
                pass();
                passedOn = true;
                channel.write(body, channel.voidPromise());
            }
            wrote(head.size() + bodyLength);
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
        nextChunkBytes = Math.max(SMALLEST_CHUNK_BYTES, Math.min(LARGEST_CHUNK_BYTES, turnBytes));
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
            chunk.release();
            chunk = null;
        }
    }

    private ByteSink encodeHead(Command command, int bodyLength) {
        ByteSink head = loop.sink();
        Frames.encodeHead(command, bodyLength, serializeType, head);
        return head;
    }

    private ByteBuf chunkWithRoom(int size) {
        if (chunk != null && chunk.writableBytes() < size) {
            pass();
            nextChunkBytes = LARGEST_CHUNK_BYTES;
        }
        if (chunk == null) {
            chunk = channel.alloc().directBuffer(Math.max(size, nextChunkBytes));
        }
        return chunk;
    }

    private void wrote(int frameBytes) {
        turnBytes += frameBytes;
        if (!waitsForFlush) {
            waitsForFlush = true;
            loop.needsFlush(this);
        }
    }

    private void pass() {
        if (chunk != null) {
            ByteBuf full = chunk;
            chunk = null;
            channel.write(full, channel.voidPromise());
        }
    }
}
