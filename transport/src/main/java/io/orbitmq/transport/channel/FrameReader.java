package io.orbitmq.transport.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.HeaderDecoder;
import io.orbitmq.protocol.frame.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what arrives into frames (protocol/01 section 1). Whole frames are decoded where they lie; only the start of an
 * incomplete one is copied aside, into a buffer that grows with what has really arrived and never beyond one frame, so
 * an announced length costs nothing. Belongs to the connection's event loop.
 *
 * <p>Frames are decoded some ahead, so that the receiver can prepare for them together. Those that it does not want any
 * more are decoded again when it goes on: their bodies are views of a buffer that is not ours. That is at most
 * {@value #MOST_AHEAD} headers a pause, and between two pauses the receiver takes half of a bound of mebibytes
 * ({@link ReadGate}).
 */
final class FrameReader {

    private static final int LENGTH_BYTES = 4;
    private static final int FIRST_PARTIAL_BYTES = 256;
    /** Half as many make messages to very many topics cost 5 % more: the receiver asks for less memory at once then. */
    private static final int MOST_AHEAD = 64;

    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final ByteBufAllocator allocator;
    private final int maxFrameBytes;
    private final IncompleteFrames budget;
    private final HeaderDecoder decoder;
    private final Receiver receiver;
    /** Decoded and not yet received. */
    private final List<Command> ahead = new ArrayList<>(MOST_AHEAD);

    private final int[] aheadBytes = new int[MOST_AHEAD];
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

        /** Several frames that will be received next, unless no more are wanted before. */
        default void expect(List<Command> commands) {}

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
            decodeAhead(bytes, at);
            if (ahead.isEmpty()) {
                keepRest(in);
                return;
            }
            for (int i = 0; i < ahead.size() && (i == 0 || receiver.wantsMore()); i++) {
                receiver.received(ahead.get(i), aheadBytes[i]);
                at += aheadBytes[i];
                in.readerIndex(start + at);
            }
            ahead.clear();
        }
    }

    /** Decodes the next whole frames. What is wrong with one is told when it is the next. */
    private void decodeAhead(ByteBuffer bytes, int from) {
        ahead.clear();
        int at = from;
        try {
            int size = wholeFrame(bytes, at);
            while (size > 0 && ahead.size() < MOST_AHEAD) {
                aheadBytes[ahead.size()] = size;
                ahead.add(decode(bytes, at, size));
                at += size;
                size = wholeFrame(bytes, at);
            }
        } catch (MalformedFrameException e) {
            if (ahead.isEmpty()) {
                throw e;
            }
        }
        if (ahead.size() > 1) {
            receiver.expect(ahead);
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

    /** Size of the frame that begins at {@code at}, its head checked; 0 when it is not there as a whole. */
    private int wholeFrame(ByteBuffer bytes, int at) {
        checkHead(bytes, at);
        int readable = bytes.limit() - at;
        if (readable < Frames.PREFIX_BYTES) {
            return 0;
        }
        int frameBytes = LENGTH_BYTES + bytes.getInt(at);
        return readable < frameBytes ? 0 : frameBytes;
    }

    /** Refuses a frame by as much of its first bytes as is there, without waiting for the rest. */
    private void checkHead(ByteBuffer bytes, int at) {
        int readable = bytes.limit() - at;
        if (readable >= LENGTH_BYTES) {
            int length = bytes.getInt(at);
            checkLength(length);
            if (readable >= Frames.PREFIX_BYTES) {
                Frames.checkHeaderWord(bytes.getInt(at + LENGTH_BYTES), length);
            }
        }
    }

    private void checkLength(int length) {
        Frames.checkLength(length);
        if (length > maxFrameBytes - LENGTH_BYTES) {
            throw new MalformedFrameException("the frame's length field must be at most "
                    + (maxFrameBytes - LENGTH_BYTES) + " as configured here, found " + length);
        }
    }

    /** Decodes a whole frame whose head was checked. */
    private Command decode(ByteBuffer bytes, int at, int frameBytes) {
        int headerWord = bytes.getInt(at + LENGTH_BYTES);
        byte[] header = new byte[Frames.headerLength(headerWord)];
        bytes.get(at + Frames.PREFIX_BYTES, header);
        int bodyStart = Frames.PREFIX_BYTES + header.length;
        ByteBuffer body = frameBytes == bodyStart ? NO_BODY : bytes.slice(at + bodyStart, frameBytes - bodyStart);
        return decoder.decode(headerWord, header, body);
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
            checkHead(view(partial), 0);
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
            receiver.received(decode(view(whole), 0, frameBytes), frameBytes);
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
}
