package io.orbitmq.store.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.RecordFollower;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Queues of which the index keeps what a table says instead of the tags. */
final class FollowedQueuesTest {

    private static final int SEGMENT_BYTES = 1 << 16;

    @Test
    void areComparedWithWhatTheTableSays() throws IOException {
        WrittenStore store = written(new Follower(3, false));

        VerifyReport report = store.verify(new Follower(3, false));

        assertThat(report.problems()).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.comparedEntries()).isEqualTo(4);
    }

    @Test
    void areAProblemWhenTheIndexSaysSomethingElse() throws IOException {
        WrittenStore store = written(new Follower(3, false));

        assertThat(store.verify(new Follower(4, false)).problems())
                .singleElement()
                .asString()
                .startsWith("queue Waiting-0: the index has the log's messages, but other tags or due times");
    }

    @Test
    void mayDifferInWhatDependsOnTheSettingsAlone() throws IOException {
        WrittenStore store = written(new Follower(3, true));

        VerifyReport report = store.verify(new Follower(4, true));

        assertThat(report.problems()).isEmpty();
        assertThat(report.notes())
                .singleElement()
                .asString()
                .startsWith("queue Waiting-0: the index has other due times");

        store.flip(store.written.get(0).position() + 100, 1);
        assertThat(store.verify(new Follower(4, true)).problems())
                .anyMatch(problem -> problem.startsWith("queue Waiting-0: the index has 2 entries, the log 1"));
    }

    private static WrittenStore written(Follower follower) throws IOException {
        return new WrittenStore(SEGMENT_BYTES)
                .append(List.of(follower), "Waiting", List.of("waits", "waits longer"))
                .append(List.of(follower), "Other", List.of("concerns nobody", "nor this"));
    }

    /** Its code is the body's length times a setting. */
    private record Follower(long factor, boolean bySettings) implements RecordFollower {

        @Override
        public String name() {
            return "follower";
        }

        @Override
        public Set<String> followedTopics() {
            return Set.of("Waiting");
        }

        @Override
        public Set<String> topicsCodedBySettings() {
            return bySettings ? followedTopics() : Set.of();
        }

        @Override
        public long indexCode(ByteBuffer record, int base, long tagHash) {
            return tagHash + factor * MessageRecord.bodyLength(record, base);
        }

        @Override
        public void follow(ByteBuffer record, int base) {}

        @Override
        public long neededFrom() {
            return Long.MAX_VALUE;
        }

        @Override
        public void apply(ByteBuffer change) {}

        @Override
        public ByteBuffer snapshot() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public void restore(ByteBuffer snapshot) {}
    }
}
