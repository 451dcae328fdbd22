package io.orbitmq.broker.delay;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * Messages that were taken back and whose time has not come: 128 bits of a digest of topic and UNIQ_KEY instead of the
 * texts, about 100 bytes of memory each. Guarded by its {@link DelayTable}.
 */
final class Recalls {

    /** More are not taken; a limit for the memory, far above any use. */
    static final int MOST = 1_000_000;

    private final Map<Key, Long> dueByKey = new HashMap<>();

    /** Digest of {@code <topic>+<UNIQ_KEY>}, the value of TIMER_DEL_UNIQKEY (protocol/06 section 3). */
    record Key(long high, long low) {

        static Key of(String topicAndKey) {
            try {
                byte[] digest =
                        MessageDigest.getInstance("SHA-256").digest(topicAndKey.getBytes(StandardCharsets.UTF_8));
                return new Key(number(digest, 0), number(digest, Long.BYTES));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        static Key of(String topic, String uniqueKey) {
            return of(topic + "+" + uniqueKey);
        }

        private static long number(byte[] digest, int at) {
            long number = 0;
            for (int i = at; i < at + Long.BYTES; i++) {
                number = number << Byte.SIZE | digest[i] & 0xFF;
            }
            return number;
        }
    }

    /** Takes the message back; false when too many are. */
    boolean add(Key key, long dueMs) {
        if (dueByKey.size() >= MOST && !dueByKey.containsKey(key)) {
            return false;
        }
        dueByKey.merge(key, dueMs, Math::max);
        return true;
    }

    boolean contains(Key key) {
        return dueByKey.containsKey(key);
    }

    int size() {
        return dueByKey.size();
    }

    /** Forgets those whose time was before {@code dueMs}. */
    void forgetBefore(long dueMs) {
        dueByKey.values().removeIf(due -> due < dueMs);
    }

    /** The earliest time of any, {@code Long.MAX_VALUE} when there is none. */
    long earliestDueMs() {
        return dueByKey.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    void write(StateWriter out) {
        out.putInt(dueByKey.size());
        dueByKey.forEach((key, due) -> out.putLong(key.high).putLong(key.low).putLong(due));
    }

    void read(StateReader in) {
        for (int left = in.takeInt(); left > 0; left--) {
            Key key = new Key(in.takeLong(), in.takeLong());
            dueByKey.put(key, in.takeLong());
        }
    }
}
