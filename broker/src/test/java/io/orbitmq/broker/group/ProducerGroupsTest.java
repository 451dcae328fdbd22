package io.orbitmq.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.frame.Language;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.fake.RecordingConnection;
import org.junit.jupiter.api.Test;

final class ProducerGroupsTest {

    private final ProducerGroups producers = new ProducerGroups();
    private final Connection first = new RecordingConnection(1);
    private final Connection second = new RecordingConnection(2);

    @Test
    void membersComeWithHeartbeatsAndGoWithTheirConnection() {
        producers.register("p1", member(first, "c1", 0));
        producers.register("p1", member(second, "c2", 0));
        producers.register("p2", member(first, "c1", 0));

        producers.connectionClosed(first);

        assertThat(producers.names()).containsExactly("p1");
        assertThat(producers.members("p1")).extracting(Member::clientId).containsExactly("c2");
        assertThat(producers.members("p2")).isEmpty();
    }

    @Test
    void refreshedMemberStaysOneMember() {
        producers.register("p1", member(first, "c1", 5));
        producers.register("p1", member(first, "c1", 9));

        assertThat(producers.members("p1")).extracting(Member::seenNanos).containsExactly(9L);
        assertThat(producers.seenBefore(9)).isEmpty();
        assertThat(producers.seenBefore(10)).containsExactly(first);
    }

    @Test
    void clientLeavesOneGroupOnly() {
        producers.register("p1", member(first, "c1", 0));
        producers.register("p2", member(first, "c1", 0));

        producers.unregister("p1", first);
        producers.unregister("unknown", first);

        assertThat(producers.names()).containsExactly("p2");
        assertThat(producers.findClient("c1")).containsSame(first);
        producers.connectionClosed(first);
        assertThat(producers.findClient("c1")).isEmpty();
    }

    private static Member member(Connection connection, String clientId, long seenNanos) {
        return new Member(connection, clientId, Language.JAVA, 479, seenNanos);
    }
}
