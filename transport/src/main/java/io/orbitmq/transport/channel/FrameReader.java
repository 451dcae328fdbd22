package io.orbitmq.transport.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.HeaderDecoder;
import io.orbitmq.protocol.frame.MalformedFrameException;
import java.nio.ByteBuffer;

/**
 * Cuts what arrives into frames (protocol/01 section 1). Whole frames are decoded where they lie; only the start of an
 * incomplete one is copied aside, into a buffer that grows with what has really arrived and never beyond one frame, so
 * an announced length costs nothing. Belongs to the connection's event loop.
 */
final class FrameReader {

    private static final int LENGTH_BYTES = 4;
    private static final int FIRST_PARTIAL_BYTES = 256;
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ByteBufAllocator allocator;
    private final int maxFrameBytes;
    private final IncompleteFrames budget;
    private final HeaderDecoder decoder;
    private final Receiver receiver;
    private ByteBuf partial;
    private int budgeted;

    /** @param decoder of this event loop */
    FrameReader(
            ByteBufAllocator allocator,
            int maxFrameBytes,
            IncompleteFrames budget,
            HeaderDecoder decoder,
            Receiver receiver) {
        this.allocator = allocator;
        this.maxFrameBytes = maxFrameBytes;
        this.budget = budget;
        this.decoder = decoder;
        this.receiver = receiver;
    }

    /** Takes frames. */
    interface Receiver {

        /** False to stop decoding; the rest stays in the buffer. */
        boolean wantsMore();

        /**
         * Takes one frame, whose body is a view that is valid until this method returns.
         *
         * @param frameBytes size of the frame on the wire
         */
        void received(Command command, int frameBytes);
    }

    /**
     * Decodes frames until {@code in} is used up or the receiver wants no more.
     *
     * @throws MalformedFrameException as soon as the bytes cannot be a frame; the connection is of no use then
     */
    void read(ByteBuf in) {
        while (receiver.wantsMore()) {
            if (partial != null) {
                if (!completePartial(in)) {
                    return;
                }
            } else if (!takeWhole(in)) {
                keepRest(in);
                return;
            }
        }
    }

    void close() {
        if (partial != null) {
            forgetPartial().release();
        }
    }

    private ByteBuf forgetPartial() {
        ByteBuf known = partial;
        partial = null;
        budget.giveBack(budgeted);
        budgeted = 0;
        return known;
    }

    private boolean takeWhole(ByteBuf in) {
        int readable = in.readableBytes();
        checkHead(in);
        if (readable < Frames.PREFIX_BYTES) {
            return false;
        }
        int start = in.readerIndex();
        int length = in.getInt(start);
        if (readable - LENGTH_BYTES < length) {
            return false;
        }
        in.skipBytes(LENGTH_BYTES + length);
        int headerWord = in.getInt(start + LENGTH_BYTES);
        int headerLength = Frames.headerLength(headerWord, length);
        byte[] header = new byte[headerLength];
        in.getBytes(start + Frames.PREFIX_BYTES, header, 0, headerLength);
        int bodyLength = LENGTH_BYTES + length - Frames.PREFIX_BYTES - headerLength;
        ByteBuffer body = view(in, start + Frames.PREFIX_BYTES + headerLength, bodyLength);
        receiver.received(decoder.decode(headerWord, header, body), LENGTH_BYTES + length);
        return true;
    }

    private static ByteBuffer view(ByteBuf in, int index, int length) {
        if (length == 0) {
            return NO_BODY;
        }
        return in.nioBufferCount() == 1 ? in.internalNioBuffer(index, length).slice() : in.nioBuffer(index, length);
    }

    private void keepRest(ByteBuf in) {
        int size = in.readableBytes();
        if (size > 0) {
            partial = allocator.directBuffer(Math.max(FIRST_PARTIAL_BYTES, size), maxFrameBytes);
            partial.writeBytes(in, size);
        }
    }

    private boolean completePartial(ByteBuf in) {
        if (partial.readableBytes() < Frames.PREFIX_BYTES) {
            move(in, Frames.PREFIX_BYTES);
            checkHead(partial);
            if (partial.readableBytes() < Frames.PREFIX_BYTES) {
                return false;
            }
        }
        int frameBytes = LENGTH_BYTES + partial.getInt(0);
        move(in, frameBytes);
        if (partial.readableBytes() < frameBytes) {
            return false;
        }
        ByteBuf whole = forgetPartial();
        try {
            takeWhole(whole);
        } finally {
            whole.release();
        }
        return true;
    }

    /** Moves bytes from {@code in} until {@code partial} has {@code wanted} bytes or {@code in} is used up. */
    private void move(ByteBuf in, int wanted) {
        int size = partial.readableBytes();
        int count = Math.min(wanted - size, in.readableBytes());
        if (partial.writableBytes() < count) {
            int capacity = Math.max(size + count, Math.min(wanted, size * 2));
            budgeted = budget.take(budgeted, capacity);
            partial.capacity(capacity);
        }
        partial.writeBytes(in, count);
    }

    /** Refuses a frame by its first bytes, without waiting for the rest. */
    private void checkHead(ByteBuf in) {
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        Frames.checkLength(length);
        if (length > maxFrameBytes - LENGTH_BYTES) {
            throw new MalformedFrameException("the frame's length field must be at most "
                    + (maxFrameBytes - LENGTH_BYTES) + " as configured here, found " + length);
        }
        if (in.readableBytes() >= Frames.PREFIX_BYTES) {
            Frames.headerLength(in.getInt(in.readerIndex() + LENGTH_BYTES), length);
        }
    }
}
