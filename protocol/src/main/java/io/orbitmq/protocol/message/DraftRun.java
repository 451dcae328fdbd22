package io.orbitmq.protocol.message;

import java.util.List;

/** Messages that are stored together, one behind the other. One thread. */
public interface DraftRun {

    /** How many, at least one. */
    int size();

    /** The message at {@code index}; valid until the next one is asked for. */
    MessageDraft draft(int index);

    /** Messages that stand for themselves. */
    static DraftRun of(List<MessageDraft> drafts) {
        return new DraftRun() {
            @Override
            public int size() {
                return drafts.size();
            }

            @Override
            public MessageDraft draft(int index) {
                return drafts.get(index);
            }
        };
    }
}
