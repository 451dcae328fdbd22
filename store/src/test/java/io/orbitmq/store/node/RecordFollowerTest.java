package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.RecordFollower;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables that follow messages. */
final class RecordFollowerTest {

    private final SimulatedStore simulation = new SimulatedStore(new SimulatedDisk(1), FlushMode.SYNC_FLUSH, 1 << 16);

    @Test
    void tellsOfFollowedTopicsAndOfWhatSettlesAnotherAndAgainInRecovery() throws Exception {
        Follower follower = new Follower();
        simulation.open(follower);
        append("Waiting", Drafts.text("waits"));
        Appended waiting = append("Waiting", Drafts.text("waits too"));
        append("Other", Drafts.text("concerns nobody"));
        append("Other", settling(waiting.position()));
        simulation.flush();
        assertThat(follower.told)
                .containsExactly("Waiting waits 0", "Waiting waits too 0", "Other settles " + waiting.position());

        simulation.disk.crash();
        Follower afterwards = new Follower();
        simulation.open(afterwards);
        assertThat(afterwards.told).isEqualTo(follower.told);
    }

    @Test
    void keepsTheFollowersCodeInTheIndexOfItsTopicOnly() throws Exception {
        simulation.open(new Follower());
        append("Waiting", Drafts.text("waits"));
        append("Other", Drafts.text("concerns nobody"));
        simulation.flush();
        assertThat(codes("Waiting")).containsExactly(42L);
        assertThat(codes("Other")).containsExactly(0L);
    }

    private Appended append(String topic, MessageDraft draft) {
        return (Appended) simulation.parts().appender.append(simulation.queue(topic, 0), draft);
    }

    private List<Long> codes(String topic) {
        List<Long> codes = new ArrayList<>();
        simulation
                .parts()
                .reader
                .scan(simulation.queue(topic, 0), 0, (offset, position, size, code) -> codes.add(code));
        return codes;
    }

    private static MessageDraft settling(long position) {
        MessageDraft draft = Drafts.text("settles");
        return new MessageDraft(
                0,
                0,
                draft.bornTimestamp(),
                draft.bornHost(),
                draft.storeHost(),
                0,
                position,
                draft.body(),
                draft.properties());
    }

    private static final class Follower implements RecordFollower {

        private final List<String> told = new ArrayList<>();

        @Override
        public String name() {
            return "follower";
        }

        @Override
        public Set<String> followedTopics() {
            return Set.of("Waiting");
        }

        @Override
        public long indexCode(ByteBuffer record, int base, long tagHash) {
            return 42;
        }

        @Override
        public void follow(ByteBuffer record, int base) {
            told.add(MessageRecord.topic(record, base) + " "
                    + Drafts.body(record.slice(base, MessageRecord.totalSize(record, base))) + " "
                    + MessageRecord.preparedTransactionOffset(record, base));
        }

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
