package io.orbitmq.broker.pop;

import io.netty.buffer.ByteBuf;
import io.orbitmq.protocol.header.pop.PopAnswerHeader;
import io.orbitmq.store.AppendOutcome;
import java.util.function.BooleanSupplier;

/** What one attempt to pop came to. */
sealed interface PopOutcome {

    /**
     * Messages, which are out now.
     *
     * @param records owned by who gets this
     */
    record Found(PopAnswerHeader header, ByteBuf records) implements PopOutcome {}

    /**
     * Nothing.
     *
     * @param again there is more to look at: the client should come back at once
     * @param missed looks whether something can be had by now
     * @param againAtMs when ordered messages become visible again, epoch milliseconds; {@code Long.MAX_VALUE} for never
     */
    record Empty(PopAnswerHeader header, boolean again, BooleanSupplier missed, long againAtMs) implements PopOutcome {}

    /** Repeat on a thread that may wait for the disk. */
    record NeedsDisk() implements PopOutcome {}

    /** The store did not take the record of what is out; nothing has changed. */
    record NotStored(AppendOutcome.Refused refused) implements PopOutcome {}
}
