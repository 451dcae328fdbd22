package io.orbitmq.broker.send;

import static io.orbitmq.broker.send.SendFixture.fields;
import static io.orbitmq.broker.send.SendFixture.message;
import static io.orbitmq.broker.send.SendFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComingSendsTest {

    private static final int MANY = 300;

    private final SendFixture broker = new SendFixture();

    @Test
    void announcesTheQueuesOfSendsThatWereReadTogether() {
        sendToEach(MANY);
        broker.handler.expect(List.of(to("T7", 1), to("T299", 0), to("T0", 1)));

        assertThat(broker.store.expected()).containsExactly("T7-1", "T299-0", "T0-1");
    }

    @Test
    void leavesOutWhatCannotBeStored() {
        sendToEach(MANY);
        Command nowhere = request(310, Fields.builder().put("a", "PG"), new byte[1]);
        broker.handler.expect(List.of(to("Unknown", 0), to("T1", 2), to("T1", -1), nowhere, to("T2", 0)));

        assertThat(broker.store.expected()).containsExactly("T2-0");
    }

    @Test
    void savesItselfTheTroubleWhereTopicsAreFew() {
        sendToEach(10);
        broker.handler.expect(List.of(to("T1", 0), to("T2", 0)));

        assertThat(broker.store.expected()).isEmpty();
    }

    private void sendToEach(int topics) {
        for (int i = 0; i < topics; i++) {
            broker.topics.put(TopicConfig.of("T" + i, 2, 2, 6));
            broker.send(to("T" + i, 0));
            broker.send(to("T" + i, 1));
        }
        assertThat(broker.store.stored()).hasSize(2 * topics);
    }

    private static Command to(String topic, int queueId) {
        return message(fields(topic, queueId, "UNIQ_KEY^K~"));
    }
}
