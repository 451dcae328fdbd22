package io.orbitmq.broker.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class RecordCollectorTest {

    private final List<Runnable> coldReads = new ArrayList<>();

    @Test
    void whatTheNextPullWillWantIsLoadedByTheColdReads() {
        RecordCollector collector = new RecordCollector(UnpooledByteBufAllocator.DEFAULT, 32, 1 << 20, coldReads::add);
        Runnable load = () -> {};

        collector.readAhead(load);

        assertThat(coldReads).containsExactly(load);
    }

    @Test
    void aPullSucceedsThoughNothingMoreCanBeLoaded() {
        RecordCollector collector = new RecordCollector(UnpooledByteBufAllocator.DEFAULT, 32, 1 << 20, task -> {
            throw new RejectedExecutionException("full");
        });
        collector.accept(ByteBuffer.wrap(new byte[] {1, 2, 3}));

        assertThatCode(() -> collector.readAhead(() -> {})).doesNotThrowAnyException();

        ByteBuf records = collector.take();
        assertThat(records.readableBytes()).isEqualTo(3);
        records.release();
    }
}
