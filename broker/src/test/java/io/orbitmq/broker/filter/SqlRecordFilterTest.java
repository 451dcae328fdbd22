package io.orbitmq.broker.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.filter.CompiledFilter.Usable;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.store.ReadRequest.RecordFilter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SqlRecordFilterTest {

    private static final HostAddress HOST = HostAddress.of(new InetSocketAddress("127.0.0.1", 10911));

    private final RecordFilter filter =
            ((Usable) FilterCompiler.compile("SQL92", "region = 'eu' and (price > 10 or price is null)")).filter();

    @Test
    void passesRecordsWhosePropertiesFit() {
        assertThat(filter.matches(record("region\u0001eu\u0002price\u000111\u0002")))
                .isTrue();
        assertThat(filter.matches(record("region\u0001eu\u0002"))).isTrue();
    }

    @Test
    void dropsRecordsWhosePropertiesDoNotFit() {
        assertThat(filter.matches(record("region\u0001eu\u0002price\u00019\u0002")))
                .isFalse();
        assertThat(filter.matches(record("region\u0001us\u0002price\u000111\u0002")))
                .isFalse();
        assertThat(filter.matches(record("region\u0001eu\u0002price\u0001cheap\u0002")))
                .isFalse();
        assertThat(filter.matches(record(""))).isFalse();
    }

    @Test
    void asksForEveryRecordWhateverItsTag() {
        assertThat(filter.mayMatch(0)).isTrue();
        assertThat(filter.mayMatch("TagA".hashCode())).isTrue();
        assertThat(filter.readsRecord()).isTrue();
    }

    private static ByteBuffer record(String properties) {
        MessageDraft draft = new MessageDraft(
                0,
                0,
                1L,
                HOST,
                HOST,
                0,
                0L,
                ByteBuffer.wrap(new byte[] {1}),
                ByteBuffer.wrap(properties.getBytes(StandardCharsets.UTF_8)));
        byte[] topic = {'T'};
        ByteBuffer record = ByteBuffer.allocate(MessageRecord.sizeOf(draft, topic.length));
        MessageRecord.write(record, draft, topic, 0, 0L, 0L, 2L);
        return record.flip();
    }
}
