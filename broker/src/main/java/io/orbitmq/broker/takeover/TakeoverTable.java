package io.orbitmq.broker.takeover;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.store.StateTable;
import java.nio.ByteBuffer;

/**
 * Whether the store of another program is being taken over or was. A change is one byte:
 *
 * <pre>
 * 1 BEGUN   everything it wrote stands before this record
 * 2 DONE    its state files are of no interest any more
 * </pre>
 *
 * A snapshot is the last change, or empty. Changed under the store's append lock; read by any thread.
 */
public final class TakeoverTable implements StateTable {

    private static final String NAME = "takeover";
    private static final int NOTHING = 0;
    private static final int BEGUN = 1;
    private static final int DONE = 2;

    private volatile int stage = NOTHING;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(ByteBuffer change) {
        StateReader reader = new StateReader(NAME, change);
        while (reader.hasMore()) {
            int next = reader.takeByte();
            if (next != BEGUN && next != DONE) {
                throw reader.broken("stage " + next);
            }
            stage = Math.max(stage, next);
        }
    }

    @Override
    public ByteBuffer snapshot() {
        return stage == NOTHING ? ByteBuffer.allocate(0) : change(stage);
    }

    @Override
    public void restore(ByteBuffer snapshot) {
        stage = NOTHING;
        apply(snapshot);
    }

    /** Begun and not done: a crash came in between. */
    boolean isBegun() {
        return stage == BEGUN;
    }

    boolean isDone() {
        return stage == DONE;
    }

    static ByteBuffer begun() {
        return change(BEGUN);
    }

    static ByteBuffer done() {
        return change(DONE);
    }

    private static ByteBuffer change(int stage) {
        return new StateWriter().putByte(stage).toBuffer();
    }
}
