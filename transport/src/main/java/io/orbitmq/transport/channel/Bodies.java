package io.orbitmq.transport.channel;

import java.nio.ByteBuffer;

/** Bodies that must outlive the buffer they were received in. */
final class Bodies {

    private Bodies() {}

    /** The bytes of a view, on the heap; the view itself when it is empty. */
    static ByteBuffer copy(ByteBuffer view) {
        if (!view.hasRemaining()) {
            return view;
        }
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
