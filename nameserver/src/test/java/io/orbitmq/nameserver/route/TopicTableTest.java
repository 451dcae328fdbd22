package io.orbitmq.nameserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.topic.TopicConfig;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TopicTableTest {

    private static final QueueRoute A = new QueueRoute("a", 4, 4, 6, 0);
    private static final QueueRoute B = new QueueRoute("b", 8, 8, 6, 0);

    private final TopicTable table = new TopicTable();

    @Test
    void queuesAreListedByBrokerName() {
        table.put("T", B);
        table.put("T", A);

        assertThat(table.queues("T")).containsExactly(A, B);
        assertThat(table.has("T", "a")).isTrue();
        assertThat(table.has("T", "c")).isFalse();
        assertThat(table.queues("U")).isEmpty();
    }

    @Test
    void aBrokersQueuesReplaceWhatItHadAndLeaveOthersAlone() {
        QueueRoute more = new QueueRoute("a", 16, 16, 6, 0);
        table.put("T", A);
        table.put("U", A);
        table.put("T", B);

        table.put("T", more);

        assertThat(table.queues("T")).containsExactly(more, B);
        assertThat(table.queues("U")).containsExactly(A);
    }

    @Test
    void topicsOfOneBrokerWithEqualQueuesShareOneObject() {
        table.put("T", new QueueRoute("a", 4, 4, 6, 0));
        table.put("U", new QueueRoute("a", 4, 4, 6, 0));
        table.put("V", new QueueRoute("a", 4, 4, 6, 0));
        table.put("V", B);
        table.remove("V", Set.of("b"));

        assertThat(table.queues("U")).isSameAs(table.queues("T"));
        assertThat(table.queues("V")).isSameAs(table.queues("T"));
    }

    @Test
    void aTopicGoesWithItsLastBroker() {
        table.put("T", A);
        table.put("T", B);
        table.put("U", A);

        table.removeBrokers(Set.of("a"));

        assertThat(table.queues("T")).containsExactly(B);
        assertThat(table.names(queues -> true)).containsExactly("T");
        table.remove("T", Set.of("a", "b"));
        assertThat(table.names(queues -> true)).isEmpty();
    }

    @Test
    void onlyTheBrokersTopicsThatItNoLongerNamesGo() {
        table.put("kept", A);
        table.put("shared", A);
        table.put("shared", B);
        table.put("gone", A);

        table.retain("a", Map.of("kept", TopicConfig.of("kept", 4, 4, 6)));

        assertThat(table.queues("kept")).containsExactly(A);
        assertThat(table.queues("shared")).containsExactly(B);
        assertThat(table.queues("gone")).isEmpty();
    }

    @Test
    void permissionsOfOneBrokerChangeAlone() {
        table.put("T", A);
        table.put("T", B);
        table.put("U", B);

        int changed = table.changePermissions("a", permission -> permission & ~TopicConfig.WRITE);

        assertThat(changed).isEqualTo(1);
        assertThat(table.queues("T")).containsExactly(A.withPermission(4), B);
        assertThat(table.queues("U")).containsExactly(B);
    }
}
