package io.orbitmq.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteSinkTest {

    @Test
    void writesNumbersOfEveryLengthAsTheirDecimalDigits() {
        StringBuilder expected = new StringBuilder();
        ByteSink sink = new ByteSink(1);
        for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
            for (long number : new long[] {power - 1, power, power + 1, -power, 7 * power + 3}) {
                sink.writeDecimal(number);
                sink.writeByte(' ');
                expected.append(number).append(' ');
            }
        }
        assertThat(text(sink)).isEqualTo(expected.toString());
    }

    @Test
    void takesWhatRemainsInABufferOfEitherKind() {
        byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).position(3);
        ByteBuffer heap = ByteBuffer.wrap(bytes).limit(2);
        ByteSink sink = new ByteSink(1);
        sink.writeBytes(direct);
        sink.writeBytes(heap);
        assertThat(text(sink)).isEqualTo("345678901");
        assertThat(direct.hasRemaining()).isFalse();
    }

    private static String text(ByteSink sink) {
        return new String(sink.toByteArray(), StandardCharsets.US_ASCII);
    }
}
