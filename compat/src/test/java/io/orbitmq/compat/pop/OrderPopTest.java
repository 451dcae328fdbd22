package io.orbitmq.compat.pop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.scenario.ServerExtension;
import io.orbitmq.protocol.frame.Command;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Order pops: one batch of a queue at a time, the same again until it is acknowledged (protocol/08 section 3). */
class OrderPopTest {

    @RegisterExtension
    static final ServerExtension SERVER = ServerExtension.standard();

    private Scenario scenario;
    private TestProducer producer;
    private PopRequests requests;
    private String group;
    private String topic;
    private PopPlan plan;

    @BeforeEach
    void sendFour() {
        scenario = SERVER.scenario(ClientVersion.V5_3_3);
        producer = scenario.producer();
        requests = new PopRequests(SERVER.server());
        group = scenario.name("orderly");
        topic = scenario.topic(producer, "ordered", 1);
        plan = PopPlan.of(topic, group).queue(0).max(2).inOrder("attempt-1");
        for (int i = 0; i < 4; i++) {
            producer.send(Outgoing.of(topic, "m" + i));
        }
    }

    @AfterEach
    void disconnect() {
        requests.close();
    }

    @Test
    void aQueueIsBlockedUntilItsBatchIsAcknowledged() {
        PopAnswer first = requests.pop(plan);
        assertThat(first.texts()).containsExactly("m0", "m1");
        assertThat(first.fields().text("reviveQid")).isEqualTo("999");
        assertThat(requests.committed(topic, group, 0)).isZero();

        PopAnswer blocked = requests.pop(plan.inOrder("attempt-2"));
        assertThat(blocked.code()).isEqualTo(210);
        assertThat(blocked.restNum()).isZero();

        assertThat(requests.ack(topic, group, first.messages().get(1)).code()).isZero();
        assertThat(requests.committed(topic, group, 0)).isZero();
        assertThat(requests.pop(plan.inOrder("attempt-3")).code()).isEqualTo(210);
        assertThat(requests.ack(topic, group, first.messages().get(0)).code()).isZero();
        assertThat(requests.committed(topic, group, 0)).isEqualTo(2);

        assertThat(requests.pop(plan.inOrder("attempt-4")).texts()).containsExactly("m2", "m3");
    }

    @Test
    void theSameAttemptGetsTheSameBatchAgain() {
        requests.pop(plan);

        PopAnswer again = requests.pop(plan);

        assertThat(again.texts()).containsExactly("m0", "m1");
        assertThat(again.fields().text("orderCountInfo")).doesNotContain(" 1");
    }

    @Test
    void aBatchWhoseTimeIsOverComesAgainAndIsCounted() {
        requests.pop(plan.invisibleMs(1_000));

        PopAnswer second = popWhenFree(plan.invisibleMs(1_000).inOrder("attempt-2"));
        PopAnswer third = popWhenFree(plan.inOrder("attempt-3"));

        assertThat(second.texts()).containsExactly("m0", "m1");
        assertThat(second.messages()).extracting(PoppedMessage::kind).containsOnly("0");
        assertThat(second.fields().text("orderCountInfo").split(";")).contains("0 qo0%0 1", "0 qo0%1 1", "0 0 1");
        assertThat(third.fields().text("orderCountInfo").split(";")).contains("0 qo0%0 2", "0 qo0%1 2", "0 0 2");
        assertThat(third.restNum()).isEqualTo(2);
    }

    @Test
    void invisibleTimeOfOneMessageFreesTheQueue() {
        PopAnswer first = requests.pop(plan.max(1).invisibleMs(30_000));

        Command changed =
                requests.changeInvisible(topic, group, first.messages().get(0), 1_000);

        assertThat(changed.code()).isZero();
        assertThat(changed.fields().text("popTime")).isEqualTo(first.fields().text("popTime"));
        assertThat(changed.fields().text("reviveQid")).isEqualTo("999");
        assertThat(changed.fields().requiredLong("invisibleTime")).isGreaterThanOrEqualTo(1_000);
        assertThat(popWhenFree(plan.max(1).inOrder("attempt-2")).texts()).containsExactly("m0");
    }

    @Test
    void acknowledgementsThatDoNotFitChangeNothing() {
        PopAnswer first = requests.pop(plan);
        PoppedMessage one = first.messages().get(0);
        String[] handle = one.handle().split(" ");
        handle[1] = String.valueOf(Long.parseLong(handle[1]) - 1);

        assertThat(requests.ack(topic, group, 0, 0, String.join(" ", handle)).code())
                .isZero();
        Command notInBatch = requests.ack(
                topic, group, 0, 3, one.handle().substring(0, one.handle().lastIndexOf(' ')) + " 3");

        assertThat(notInBatch.code()).isEqualTo(13);
        assertThat(notInBatch.remark()).startsWith("offset is illegal, key:" + topic + "@" + group + "@0");
        assertThat(requests.committed(topic, group, 0)).isZero();
        assertThat(requests.pop(plan.inOrder("attempt-2")).code()).isEqualTo(210);
    }

    @Test
    void aHeldOrderPopIsWokenByTheLastAcknowledgement() {
        PopAnswer first = requests.pop(plan);
        CompletableFuture<PopAnswer> held =
                requests.popLater(plan.inOrder("attempt-2").pollMs(15_000));
        Scenario.await("the pop to be held").until(() -> requests.held(topic, group, 0) == 1);
        assertThat(requests.notification(topic, group, 0, 0, true)
                        .join()
                        .fields()
                        .text("hasMsg"))
                .isEqualTo("false");

        requests.ack(topic, group, first.messages().get(0));
        requests.ack(topic, group, first.messages().get(1));

        assertThat(held.join().texts()).containsExactly("m2", "m3");
    }

    private PopAnswer popWhenFree(PopPlan wanted) {
        return Scenario.await("the queue to be free").until(() -> requests.pop(wanted), answer -> answer.code() == 0);
    }
}
