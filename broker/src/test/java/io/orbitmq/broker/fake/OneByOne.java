package io.orbitmq.broker.fake;

import io.orbitmq.protocol.message.DraftRun;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;

/** How a fake store takes a batch: message by message, until one is refused. */
final class OneByOne {

    private OneByOne() {}

    static AppendOutcome append(MessageStore store, LogQueue queue, DraftRun drafts, long[] positions) {
        Appended[] stored = new Appended[drafts.size()];
        for (int i = 0; i < stored.length; i++) {
            AppendOutcome outcome = store.append(queue, drafts.draft(i));
            if (!(outcome instanceof Appended appended)) {
                return outcome;
            }
            stored[i] = appended;
            positions[i] = appended.position();
        }
        Appended first = stored[0];
        Appended last = stored[stored.length - 1];
        return new Appended(first.queueOffset(), first.position(), last.endPosition(), first.storeTimestamp());
    }
}
