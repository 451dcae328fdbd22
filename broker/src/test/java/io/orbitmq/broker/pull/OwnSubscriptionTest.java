package io.orbitmq.broker.pull;

import static io.orbitmq.broker.pull.PullFixture.offsetsIn;
import static io.orbitmq.broker.pull.PullFixture.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.group.ConsumerMode;
import io.orbitmq.broker.group.Member;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.transport.fake.RecordingConnection;
import org.junit.jupiter.api.Test;

/** Members of one group that subscribed to different things: each gets what it wants itself. */
final class OwnSubscriptionTest {

    private final PullFixture pulls = new PullFixture();
    private final RecordingConnection other = new RecordingConnection(40_700);

    @Test
    void eachMemberIsFilteredByItsOwnTags() {
        putAbcTwice();
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a", "TAG", 5, "a"));
        pulls.subscribe(other, "G", MessageModel.CLUSTERING, subscription("T", "b || c", "TAG", 9, "b", "c"));

        assertThat(offsetsIn(pulls.pull())).containsExactly(0L, 3L);
        assertThat(offsetsIn(pulls.pull(other))).containsExactly(1L, 2L, 4L, 5L);
        assertThat(offsetsIn(pulls.pull())).containsExactly(0L, 3L);
    }

    @Test
    void aMemberThatDidNotSubscribeIsNotServedByAnothersSubscription() {
        pulls.topics.put(TopicConfig.of("U", 1, 1, 6));
        pulls.subscribe(other, "G", MessageModel.CLUSTERING, subscription("U", "*", "TAG", 1));

        assertThat(pulls.pull(other).code()).isEqualTo(24);
        assertThat(pulls.with("topic", "U").pull(other).code()).isEqualTo(19);
        assertThat(pulls.pull().code()).isEqualTo(24);
    }

    @Test
    void anUnknownConnectionTakesTheGroupsSubscriptionUnlessMembersDiffer() {
        putAbcTwice();
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a", "TAG", 5, "a"));
        RecordingConnection stranger = new RecordingConnection(40_701);
        assertThat(offsetsIn(pulls.pull(stranger))).containsExactly(0L, 3L);

        pulls.subscribe(other, "G", MessageModel.CLUSTERING, subscription("T", "b", "TAG", 6, "b"));
        assertThat(pulls.pull(stranger).code()).isEqualTo(24);

        pulls.groups.connectionClosed(other);
        assertThat(offsetsIn(pulls.pull(stranger))).containsExactly(0L, 3L);
    }

    @Test
    void aShortHeartbeatLeavesAMemberWithTheGroupsSubscription() {
        putAbcTwice();
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a", "TAG", 5, "a"));

        boolean known = pulls.groups.refresh(
                "G",
                new Member(other, "short", Language.JAVA, 479, 0),
                new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "CONSUME_FROM_FIRST_OFFSET"));

        assertThat(known).isFalse();
        assertThat(offsetsIn(pulls.pull(other))).containsExactly(0L, 3L);
    }

    @Test
    void aMembersOwnVersionDecidesWhetherItsSubscriptionIsTheLatest() {
        pulls.subscribe("G", MessageModel.CLUSTERING, subscription("T", "a", "TAG", 5, "a"));
        pulls.subscribe(other, "G", MessageModel.CLUSTERING, subscription("T", "a", "TAG", 9, "a"));

        pulls.with("subVersion", 9);
        assertThat(pulls.pull().code()).isEqualTo(25);
        assertThat(pulls.pull(other).code()).isEqualTo(19);
    }

    private void putAbcTwice() {
        for (String tag : new String[] {"a", "b", "c", "a", "b", "c"}) {
            pulls.store.put("T", 0, tag, "body");
        }
    }
}
