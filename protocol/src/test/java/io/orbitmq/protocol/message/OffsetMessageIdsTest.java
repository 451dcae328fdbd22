package io.orbitmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetMessageIdsTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void idsAreThoseOfEachMessageJoinedByComma(String ip) {
        HostAddress host = HostAddress.of(new InetSocketAddress(ip, 10911));

        assertThat(OffsetMessageIds.of(host, 5).encode()).isEqualTo(new OffsetMessageId(host, 5).encode());
        assertThat(OffsetMessageIds.of(host, new long[] {5, Long.MAX_VALUE}).encode())
                .isEqualTo(new OffsetMessageId(host, 5).encode()
                        + ","
                        + new OffsetMessageId(host, Long.MAX_VALUE).encode());
    }
}
