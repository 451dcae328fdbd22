package io.orbitmq.store.node;

import io.orbitmq.protocol.message.DraftRun;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Appended;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Messages for tests. */
final class Drafts {

    private static final HostAddress HOST = HostAddress.of(new InetSocketAddress("127.0.0.1", 10911));

    private Drafts() {}

    static MessageDraft text(String body) {
        return of(body.getBytes(StandardCharsets.UTF_8), "");
    }

    static MessageDraft withProperties(String body, String properties) {
        return of(body.getBytes(StandardCharsets.UTF_8), properties);
    }

    /** The property that gives a message this key. */
    static String key(String key) {
        return PropertyNames.KEYS + "\u0001" + key + "\u0002";
    }

    static MessageDraft ofSize(int bodyBytes) {
        return of(new byte[bodyBytes], "");
    }

    /** Appends them together; an outcome for each. */
    static List<AppendOutcome> append(BatchAppend store, List<MessageDraft> drafts) {
        long[] positions = new long[drafts.size() + 1];
        AppendOutcome outcome = store.append(DraftRun.of(drafts), positions);
        List<AppendOutcome> outcomes = new ArrayList<>(Collections.nCopies(drafts.size(), outcome));
        if (outcome instanceof Appended run) {
            positions[drafts.size()] = run.endPosition();
            for (int i = 0; i < drafts.size(); i++) {
                outcomes.set(
                        i, new Appended(run.queueOffset() + i, positions[i], positions[i + 1], run.storeTimestamp()));
            }
        }
        return outcomes;
    }

    /** Appends a run to some queue of some store. */
    interface BatchAppend {

        AppendOutcome append(DraftRun drafts, long[] positions);
    }

    static String body(ByteBuffer record) {
        byte[] bytes = new byte[MessageRecord.bodyLength(record, 0)];
        record.get(MessageRecord.bodyPosition(record, 0), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static MessageDraft of(byte[] body, String properties) {
        byte[] encoded = properties.getBytes(StandardCharsets.UTF_8);
        return new MessageDraft(
                0, 0, 1_795_000_000_000L, HOST, HOST, 0, 0, ByteBuffer.wrap(body), ByteBuffer.wrap(encoded));
    }
}
