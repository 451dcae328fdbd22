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
        while (partial != null) {
            if (!receiver.wantsMore() || !completePartial(in)) {
                return;
            }
        }
        ByteBuffer bytes = view(in);
        int start = in.readerIndex();
        int at = 0;
        while (receiver.wantsMore()) {
            int taken = takeWhole(bytes, at);
            if (taken == 0) {
                keepRest(in);
                return;
            }
            at += taken;
            in.readerIndex(start + at);
        }
    }

    /** What is readable, in one piece from position 0. */
    private static ByteBuffer view(ByteBuf in) {
        ByteBuffer readable =
                in.nioBufferCount() == 1 ? in.internalNioBuffer(in.readerIndex(), in.readableBytes()) : in.nioBuffer();
        return readable.slice();
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

    /**
     * Passes on the frame that begins at {@code at}.
     *
     * @return its size; 0 when it is not there as a whole
     */
    private int takeWhole(ByteBuffer bytes, int at) {
        int readable = bytes.limit() - at;
        if (readable < Frames.PREFIX_BYTES) {
            if (readable >= LENGTH_BYTES) {
                checkLength(bytes.getInt(at));
            }
            return 0;
        }
        int length = bytes.getInt(at);
        checkLength(length);
        int headerWord = bytes.getInt(at + LENGTH_BYTES);
        int headerLength = Frames.headerLength(headerWord, length);
        int frameBytes = LENGTH_BYTES + length;
        if (readable < frameBytes) {
            return 0;
        }
        byte[] header = new byte[headerLength];
        bytes.get(at + Frames.PREFIX_BYTES, header);
        int bodyStart = Frames.PREFIX_BYTES + headerLength;
        ByteBuffer body = frameBytes == bodyStart ? NO_BODY : bytes.slice(at + bodyStart, frameBytes - bodyStart);
        receiver.received(decoder.decode(headerWord, header, body), frameBytes);
        return frameBytes;
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
            checkHead();
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
            takeWhole(view(whole), 0);
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

    /** Refuses an incomplete frame by its first bytes. */
    private void checkHead() {
        if (partial.readableBytes() >= LENGTH_BYTES) {
            int length = partial.getInt(0);
            checkLength(length);
            if (partial.readableBytes() >= Frames.PREFIX_BYTES) {
                Frames.headerLength(partial.getInt(LENGTH_BYTES), length);
            }
        }
    }

    /** Refuses a frame by its length, without waiting for the rest. */
    private void checkLength(int length) {
        Frames.checkLength(length);
        if (length > maxFrameBytes - LENGTH_BYTES) {
            throw new MalformedFrameException("the frame's length field must be at most "
                    + (maxFrameBytes - LENGTH_BYTES) + " as configured here, found " + length);
        }
    }
}
