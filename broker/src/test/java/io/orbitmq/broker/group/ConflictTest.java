package io.orbitmq.broker.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.group.SubscriptionConflict.Kind;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.protocol.message.SubscriptionExpression;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.transport.fake.RecordingConnection;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members of one group that want different things are noticed. */
final class ConflictTest {

    private static final ConsumerMode PUSH = mode(ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "LAST");

    private final SimulatedClock clock = new SimulatedClock();
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    private final GroupConfigTable table = new GroupConfigTable();
    private final ConsumerGroups groups = new ConsumerGroups(new MemberNotices(
            config, new GroupConfigs(table, new StateLog(new MemoryStore(clock, table)), clock, config)));
    private final RecordingConnection first = new RecordingConnection(1);
    private final RecordingConnection second = new RecordingConnection(2);
    private final RecordingConnection third = new RecordingConnection(3);

    @Test
    void membersThatSubscribeAlikeAreNoConflictWhateverTheOrderOfTagsAndTheVersion() {
        join(first, PUSH, tags("T", "a || b", 1), tags("%RETRY%G", "*", 1));
        join(second, PUSH, tags("T", "b||a", 7), tags("%RETRY%G", "*", 7));

        assertThat(conflicts()).isEmpty();
        assertThat(groups.inConflict()).isEmpty();
        assertThat(groups.conflictsReported()).isZero();
    }

    @Test
    void differentTagsNameBothClientsAndBothExpressions() {
        join(first, PUSH, tags("T", "a || b", 1));
        join(second, PUSH, tags("T", "c", 1));

        assertThat(conflicts())
                .containsExactly(new SubscriptionConflict(Kind.SUBSCRIPTION, "T", "c1", "a || b", "c2", "c"));
        assertThat(groups.inConflict()).extracting(LiveGroup::name).containsExactly("G");
    }

    @Test
    void aTagIsNotTheSqlExpressionOfTheSameText() {
        join(first, PUSH, tags("T", "a", 1));
        join(second, PUSH, new Subscription("T", "a", List.of(), List.of(), 1, Subscription.SQL92, false));

        assertThat(conflicts())
                .extracting(SubscriptionConflict::valueA, SubscriptionConflict::valueB)
                .containsExactly(tuple("a", "SQL92 a"));
    }

    @Test
    void aTopicThatOnlyOneSubscribedToIsAConflict() {
        join(first, PUSH, tags("T", "*", 1));
        join(second, PUSH, tags("T", "*", 1), tags("U", "x", 1));

        assertThat(conflicts())
                .containsExactly(new SubscriptionConflict(Kind.SUBSCRIPTION, "U", "c1", "(not subscribed)", "c2", "x"));
        assertThat(groups.find("G").orElseThrow().subscriptions()).containsOnlyKeys("T", "U");
    }

    @Test
    void differentWaysOfConsumingAreConflicts() {
        join(first, PUSH, tags("T", "*", 1));
        join(second, mode(ConsumeType.CONSUME_ACTIVELY, MessageModel.BROADCASTING, "FIRST"), tags("T", "*", 1));

        assertThat(conflicts())
                .extracting(SubscriptionConflict::kind, SubscriptionConflict::valueB)
                .containsExactly(
                        tuple(Kind.CONSUME_TYPE, "CONSUME_ACTIVELY"),
                        tuple(Kind.MESSAGE_MODEL, "BROADCASTING"),
                        tuple(Kind.CONSUME_FROM_WHERE, "FIRST"));
    }

    @Test
    void aConflictIsReportedOnceAndNotWithEveryHeartbeatOrMember() {
        for (int version = 1; version < 10; version++) {
            join(first, PUSH, tags("T", "a", version));
            join(second, PUSH, tags("T", "b", version));
        }
        join(third, PUSH, tags("T", "b", 1));
        groups.connectionClosed(second);
        assertThat(groups.conflictsReported()).isEqualTo(1);

        join(third, PUSH, tags("T", "c", 2));
        assertThat(groups.conflictsReported()).isEqualTo(2);
    }

    @Test
    void aConflictEndsWhenTheMembersAgreeOrOneLeaves() {
        join(first, PUSH, tags("T", "a", 1));
        join(second, PUSH, tags("T", "b", 1));
        join(second, PUSH, tags("T", "a", 2));
        assertThat(conflicts()).isEmpty();

        join(second, PUSH, tags("T", "b", 3));
        groups.leave("G", first);

        assertThat(conflicts()).isEmpty();
        assertThat(groups.conflictsReported()).isEqualTo(2);
    }

    @Test
    void membersWithDifferentTopicsAreNotToldOfAChangeWithEveryHeartbeat() {
        join(first, PUSH, tags("T", "*", 1));
        join(second, PUSH, tags("U", "*", 1));
        int told = first.oneWays().size();

        join(first, PUSH, tags("T", "*", 2));
        join(second, PUSH, tags("U", "*", 2));

        assertThat(first.oneWays()).hasSize(told);
    }

    private List<SubscriptionConflict> conflicts() {
        return groups.find("G").orElseThrow().conflicts();
    }

    private void join(RecordingConnection connection, ConsumerMode mode, Subscription... subscriptions) {
        String clientId = "c" + connection.remoteAddress().getPort();
        groups.join("G", new Member(connection, clientId, Language.JAVA, 479, 0), mode, List.of(subscriptions));
    }

    private static ConsumerMode mode(ConsumeType type, MessageModel model, String fromWhere) {
        return new ConsumerMode(type, model, fromWhere);
    }

    private static Subscription tags(String topic, String expression, long version) {
        return Subscription.ofTags(
                topic, SubscriptionExpression.parse(expression).orElseThrow(), version);
    }
}
