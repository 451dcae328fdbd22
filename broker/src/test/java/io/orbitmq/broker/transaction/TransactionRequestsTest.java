package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.TransactionSettings;
import io.orbitmq.broker.transaction.TransactionFixture.Half;
import io.orbitmq.protocol.body.broker.OpenTransactionList;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.query.ListTransactionsHeader;
import io.orbitmq.protocol.header.query.ResolveTransactionHeader;
import io.orbitmq.protocol.header.query.ResumeCheckHeader;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.transport.fake.RecordingConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What operators can ask about transactions. */
final class TransactionRequestsTest {

    private final TransactionFixture broker = new TransactionFixture();
    private final RecordingConnection producer = new RecordingConnection(50_001);

    @Test
    void listsWhatIsOpenOldestFirstAndInPages() {
        Half one = broker.begin("K1");
        Half two = broker.begin("K2");
        Half three = broker.begin("K3");
        broker.end(two, 8);

        OpenTransactionList all = list("", 0, 10);
        assertThat(all.total()).isEqualTo(2);
        assertThat(all.nextPosition()).isEqualTo(-1);
        assertThat(all.transactions())
                .extracting(OpenTransactionList.Entry::transactionId)
                .containsExactly("K1", "K3");
        OpenTransactionList.Entry first = all.transactions().get(0);
        assertThat(first.messageId()).isEqualTo(one.messageId());
        assertThat(first.producerGroup()).isEqualTo("PG_T1");
        assertThat(first.topic()).isEqualTo("TopicT");
        assertThat(first.queueId()).isEqualTo(1);
        assertThat(first.position()).isEqualTo(one.position());
        assertThat(first.queueOffset()).isEqualTo(one.queueOffset());

        OpenTransactionList page = list("", 0, 1);
        assertThat(page.transactions()).hasSize(1);
        assertThat(page.nextPosition()).isEqualTo(three.position());
        assertThat(list("", page.nextPosition(), 1).transactions())
                .extracting(OpenTransactionList.Entry::transactionId)
                .containsExactly("K3");
        assertThat(list("Other", 0, 10).transactions()).isEmpty();
    }

    @Test
    void operatorCommitsAndRollsBack() {
        Half one = broker.begin("K1");
        Half two = broker.begin("K2");

        assertThat(resolve(one.messageId(), 8).code()).isZero();
        assertThat(resolve(two.messageId(), 12).code()).isZero();

        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K1");
        assertThat(broker.table.isEmpty()).isTrue();
        assertThat(resolve(one.messageId(), 8).code()).isEqualTo(604);
        assertThat(resolve(one.messageId(), 8).remark()).contains("is not open");
        assertThat(resolve("nonsense", 8).code()).isEqualTo(29);
        assertThat(resolve(one.messageId(), 0).code()).isEqualTo(29);
    }

    @Test
    void resumingAsksAgainFromTheFirstTimeOn() {
        broker.register(producer);
        Half half = broker.begin("K1");
        broker.scheduler.advance(Duration.ofSeconds(37));
        assertThat(broker.table.find(half.position()).orElseThrow().checks()).isEqualTo(2);

        assertThat(resume(half.messageId()).code()).isZero();
        assertThat(broker.table.find(half.position()).orElseThrow().checks()).isZero();
        broker.scheduler.advance(Duration.ofMillis(1));

        assertThat(producer.oneWays()).hasSize(3);
        assertThat(broker.table.find(half.position()).orElseThrow().checks()).isEqualTo(1);
    }

    @Test
    void resumingWhatWasGivenUpOpensItAnew() {
        broker.register(producer);
        broker.config.update(
                all -> all.withTransactions(new TransactionSettings(Duration.ofSeconds(6), 1, Duration.ofSeconds(10))));
        broker.begin("K1");
        broker.scheduler.advance(Duration.ofSeconds(17));
        ByteBuffer givenUp = broker.records(Names.TRANSACTION_GIVEN_UP_TOPIC, 0).get(0);
        String messageId = new OffsetMessageId(
                        MessageRecord.storeHost(givenUp, 0), MessageRecord.physicalOffset(givenUp, 0))
                .encode();

        assertThat(resume(messageId).code()).isZero();
        broker.scheduler.advance(Duration.ofSeconds(7));

        assertThat(producer.oneWays()).hasSize(2);
        OpenTransactionList.Entry reopened = list("", 0, 10).transactions().get(0);
        assertThat(reopened.queueOffset()).isEqualTo(1);
        assertThat(resolve(reopened.messageId(), 8).code()).isZero();
        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K1");
    }

    @Test
    void resumingWhatEndedIsRefused() {
        Half half = broker.begin("K1");
        broker.end(half, 8);

        assertThat(resume(half.messageId()).code()).isEqualTo(1);
        assertThat(resume("nonsense").code()).isEqualTo(1);
        assertThat(broker.bodies("TopicT", 1)).containsExactly("body K1");
    }

    private OpenTransactionList list(String group, long from, int count) {
        Command answer = broker.ask(
                RequestCode.LIST_OPEN_TRANSACTIONS, new ListTransactionsHeader(group, from, count).toFields());
        assertThat(answer.code()).isZero();
        return OpenTransactionList.decode(answer.body());
    }

    private Command resolve(String messageId, int decision) {
        return broker.ask(
                RequestCode.RESOLVE_TRANSACTION, new ResolveTransactionHeader(messageId, decision).toFields());
    }

    private Command resume(String messageId) {
        return broker.ask(RequestCode.RESUME_CHECK_HALF_MESSAGE, new ResumeCheckHeader(messageId, "").toFields());
    }
}
