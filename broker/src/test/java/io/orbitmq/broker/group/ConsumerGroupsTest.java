package io.orbitmq.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.fake.MemoryStore;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.group.GroupConfig;
import io.orbitmq.protocol.body.group.RetryPolicy;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Language;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.transport.fake.RecordingConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsumerGroupsTest {

    private static final ConsumerMode CLUSTERING =
            new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, MessageModel.CLUSTERING, "CONSUME_FROM_LAST_OFFSET");
    private static final ConsumerMode BROADCASTING =
            new ConsumerMode(ConsumeType.CONSUME_PASSIVELY, MessageModel.BROADCASTING, "CONSUME_FROM_LAST_OFFSET");

    private final SimulatedClock clock = new SimulatedClock();
    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    private final GroupConfigTable table = new GroupConfigTable();
    private final GroupConfigs configs =
            new GroupConfigs(table, new StateLog(new MemoryStore(clock, table)), clock, config);
    private final ConsumerGroups groups = new ConsumerGroups(new MemberNotices(config, configs));
    private final RecordingConnection first = new RecordingConnection(1);
    private final RecordingConnection second = new RecordingConnection(2);

    @Test
    void newMemberIsToldToEverybodyIncludingItself() {
        join(first, CLUSTERING, topic("t", "*", 1));
        join(second, CLUSTERING, topic("t", "*", 1));

        assertThat(notices(first)).isEqualTo(2);
        assertThat(notices(second)).isEqualTo(1);
        assertThat(first.oneWays().get(0).code()).isEqualTo(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED);
        assertThat(first.oneWays().get(0).fields().text("consumerGroup")).isEqualTo("g");
        assertThat(first.oneWays().get(0).isOneWay()).isTrue();
    }

    @Test
    void repeatedHeartbeatAndChangedExpressionAreNotTold() {
        join(first, CLUSTERING, topic("t", "*", 1));
        join(first, CLUSTERING, topic("t", "*", 1));
        join(first, CLUSTERING, topic("t", "TagA", 2));

        assertThat(notices(first)).isEqualTo(1);
        assertThat(subscription("t").expression()).isEqualTo("TagA");
    }

    @Test
    void addedAndRemovedTopicsAreTold() {
        join(first, CLUSTERING, topic("t", "*", 1));
        join(first, CLUSTERING, topic("t", "*", 1), topic("u", "*", 1));
        assertThat(notices(first)).isEqualTo(2);

        join(first, CLUSTERING, topic("u", "*", 1));

        assertThat(notices(first)).isEqualTo(3);
        assertThat(groups.find("g").orElseThrow().subscription("t")).isEmpty();
    }

    @Test
    void knownTopicIsReplacedOnlyByAGreaterVersion() {
        join(first, CLUSTERING, topic("t", "TagA", 5));
        join(first, CLUSTERING, topic("t", "TagB", 5));
        assertThat(subscription("t").expression()).isEqualTo("TagA");

        join(second, CLUSTERING, topic("t", "TagC", 4));
        assertThat(subscription("t").expression()).isEqualTo("TagA");

        join(second, CLUSTERING, topic("t", "TagC", 6));
        assertThat(subscription("t").expression()).isEqualTo("TagC");
    }

    @Test
    void lastHeartbeatDecidesHowTheGroupConsumes() {
        join(first, CLUSTERING, topic("t", "*", 1));
        join(second, BROADCASTING, topic("t", "*", 1));

        assertThat(groups.find("g").orElseThrow().mode()).isEqualTo(BROADCASTING);
    }

    @Test
    void shortHeartbeatRefreshesTheMemberAndLeavesSubscriptions() {
        join(first, CLUSTERING, topic("t", "*", 1));

        groups.refresh("g", member(first, 7), CLUSTERING);
        groups.refresh("g", member(second, 7), CLUSTERING);

        assertThat(subscription("t").version()).isEqualTo(1);
        assertThat(notices(first)).isEqualTo(2);
        assertThat(groups.seenBefore(7)).isEmpty();
        assertThat(groups.seenBefore(8)).containsExactly(first, second);
    }

    @Test
    void broadcastingMembersAreNeverTold() {
        join(first, BROADCASTING, topic("t", "*", 1));
        join(second, BROADCASTING, topic("t", "*", 1));
        groups.connectionClosed(second);

        assertThat(notices(first)).isZero();
    }

    @Test
    void groupSwitchSilencesChangesButNotLostConnections() {
        configs.put(silent("g"));
        join(first, CLUSTERING, topic("t", "*", 1));
        join(second, CLUSTERING, topic("t", "*", 1));
        assertThat(notices(first)).isZero();

        groups.connectionClosed(second);

        assertThat(notices(first)).isEqualTo(1);
    }

    @Test
    void groupSwitchSilencesLeaving() {
        configs.put(silent("g"));
        join(first, CLUSTERING, topic("t", "*", 1));
        join(second, CLUSTERING, topic("t", "*", 1));

        groups.leave("g", second);

        assertThat(notices(first)).isZero();
        assertThat(groups.find("g").orElseThrow().members()).hasSize(1);
    }

    @Test
    void brokerSwitchSilencesEverything() {
        config.update(all -> all.withGroups(all.groups().withNotifyChanges(false)));
        join(first, CLUSTERING, topic("t", "*", 1));
        join(second, CLUSTERING, topic("t", "*", 1));
        groups.connectionClosed(second);

        assertThat(notices(first)).isZero();
    }

    @Test
    void lostConnectionLeavesEveryGroupAndTheRestIsTold() {
        join(first, CLUSTERING, topic("t", "*", 1));
        join(second, CLUSTERING, topic("t", "*", 1));
        groups.join("h", member(first, 0), CLUSTERING, List.of(topic("t", "*", 1)));

        groups.connectionClosed(first);

        assertThat(notices(second)).isEqualTo(2);
        assertThat(groups.find("h")).isEmpty();
        assertThat(groups.find("g").orElseThrow().findMember("c1")).isEmpty();
        assertThat(groups.find("g").orElseThrow().findMember("c2")).isPresent();
    }

    @Test
    void groupWithoutConnectionsIsForgotten() {
        List<String> gone = new ArrayList<>();
        groups.addListener(new GroupListener() {
            @Override
            public void gone(String group) {
                gone.add(group);
            }
        });
        join(first, CLUSTERING, topic("t", "*", 1));

        groups.leave("g", first);
        groups.leave("g", first);
        groups.leave("unknown", first);

        assertThat(groups.find("g")).isEmpty();
        assertThat(gone).containsExactly("g");
    }

    @Test
    void subscribersOfATopicAreFound() {
        join(first, CLUSTERING, topic("t", "*", 1));
        groups.join("h", member(first, 0), CLUSTERING, List.of(topic("u", "*", 1)));

        assertThat(groups.subscribersOf("t")).containsExactly("g");
        assertThat(groups.all()).hasSize(2);
    }

    private void join(RecordingConnection connection, ConsumerMode mode, Subscription... subscriptions) {
        groups.join("g", member(connection, 0), mode, Arrays.asList(subscriptions));
    }

    private Subscription subscription(String topic) {
        return groups.find("g").orElseThrow().subscription(topic).orElseThrow();
    }

    private static long notices(RecordingConnection connection) {
        return connection.oneWays().size();
    }

    private static Member member(RecordingConnection connection, long seenNanos) {
        return new Member(connection, "c" + connection.remoteAddress().getPort(), Language.JAVA, 479, seenNanos);
    }

    private static Subscription topic(String topic, String expression, long version) {
        return new Subscription(topic, expression, List.of(), List.of(), version, Subscription.TAG, false);
    }

    private static GroupConfig silent(String group) {
        return new GroupConfig(
                group, true, true, true, false, 1, 16, RetryPolicy.DEFAULT, 0, 1, false, 0, 15, Map.of());
    }
}
