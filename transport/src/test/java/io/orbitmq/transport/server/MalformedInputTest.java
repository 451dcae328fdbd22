package io.orbitmq.transport.server;

import static io.orbitmq.transport.server.Peers.config;
import static io.orbitmq.transport.server.Peers.echo;
import static io.orbitmq.transport.server.Peers.echoTable;
import static io.orbitmq.transport.server.Peers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.SerializeType;
import io.orbitmq.transport.channel.ChannelLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of protocol/01 section 1 about malformed input, from a plain socket. */
class MalformedInputTest {

    private RemotingServer server;
    private int port;
    private CapturedLog log;

    @BeforeEach
    void start() {
        log = new CapturedLog();
        server = server(config().withEventLoopThreads(1));
        port = server.listen(0, echoTable().build());
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("length over the limit", RawPeer.ints(16_777_213), "found 16777213"),
                Arguments.of("largest length", RawPeer.ints(Integer.MAX_VALUE), "found 2147483647"),
                Arguments.of("negative length", RawPeer.ints(-1), "found -1"),
                Arguments.of("smallest length", RawPeer.ints(Integer.MIN_VALUE), "found -2147483648"),
                Arguments.of("length 3", RawPeer.ints(3), "found 3"),
                Arguments.of("length 0", RawPeer.ints(0, 0), "found 0"),
                Arguments.of("header longer than the frame", RawPeer.ints(100, 97), "found 97"),
                Arguments.of("header of 16 MiB", RawPeer.ints(100, 0xFFFFFF), "found 16777215"),
                Arguments.of("serialize type 2", RawPeer.ints(100, 2 << 24 | 20), "found 2"),
                Arguments.of("serialize type 255", RawPeer.ints(100, -1), "found 255"),
                Arguments.of("broken JSON", RawPeer.frameWithHeader("{\"code\":1,"), "header"),
                Arguments.of("JSON array", RawPeer.frameWithHeader("[1,2]"), "header"),
                Arguments.of("empty JSON header", RawPeer.ints(4, 0), "header"),
                Arguments.of("short binary header", RawPeer.ints(8, 1 << 24 | 4, 0), "header"),
                Arguments.of(
                        "an HTTP request",
                        "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                        "found 1195725856"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void closesTheConnectionWithOneClearWarning(String what, byte[] bytes, String expectedInLog) throws Exception {
        try (RawPeer healthy = new RawPeer(port);
                RawPeer peer = new RawPeer(port)) {
            peer.sendUnlessClosed(bytes);
            assertThat(peer.isClosedByServer()).as(what).isTrue();
            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0))
                    .contains("event=malformed-input", "127.0.0.1:" + peer.localPort(), "port=" + port, expectedInLog);
            assertThat(server.counters().malformedConnections()).isEqualTo(1);
            assertServes(healthy);
        }
    }

    @Test
    void answersWhatStoodBeforeTheMalformedBytes() throws Exception {
        try (RawPeer peer = new RawPeer(port)) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.write(RawPeer.frame(echo("fine").withOpaque(5)));
            both.write(RawPeer.ints(-1));
            peer.send(both.toByteArray());
            assertThat(peer.receive().opaque()).isEqualTo(5);
            assertThat(peer.isClosedByServer()).isTrue();
            assertThat(server.counters().requests()).isEqualTo(1);
        }
    }

    @Test
    void takesAnEmptyJsonObjectAsARequestOfCodeZero() throws Exception {
        try (RawPeer peer = new RawPeer(port)) {
            peer.send(RawPeer.frameWithHeader("{}"));
            Command answer = peer.receive();
            assertThat(answer.code()).isEqualTo(3);
            assertThat(answer.opaque()).isZero();
            assertThat(answer.remark()).isEqualTo(" request type 0 not supported");
        }
    }

    @Test
    void waitsForTheRestOfTheLargestLegalFrameWithoutReservingIt() throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        long before = server.counters().bytesIn();
        for (int i = 0; i < 200; i++) {
            RawPeer peer = new RawPeer(port);
            peer.send(RawPeer.ints(16_777_212, 100));
            peers.add(peer);
        }
        await().until(() -> server.counters().bytesIn() - before == 200 * 8);
        // 200 announced frames would be 3.2 GB; the test JVM has one.
        assertThat(server.counters().openConnections()).isEqualTo(200);
        assertThat(log.warnings()).isEmpty();
        for (RawPeer peer : peers) {
            peer.close();
        }
        await().until(() -> server.counters().openConnections() == 0);
    }

    @Test
    void boundsWhatManyIncompleteLargeFramesTakeTogether() throws Exception {
        ChannelLimits usual = config().limits();
        try (RemotingServer small = server(config().withLimits(usual).withMaxIncompleteBytes(usual.maxFrameBytes()))) {
            int smallPort = small.listen(0, echoTable().build());
            byte[] most = new byte[12 * 1024 * 1024];
            System.arraycopy(RawPeer.ints(16_777_212, 100), 0, most, 0, 8);
            try (RawPeer first = new RawPeer(smallPort);
                    RawPeer second = new RawPeer(smallPort);
                    RawPeer healthy = new RawPeer(smallPort)) {
                first.send(most);
                await().until(() -> small.counters().bytesIn() == most.length);
                second.sendUnlessClosed(most);
                assertThat(second.isClosedByServer()).isTrue();
                assertThat(log.warnings()).hasSize(1);
                assertThat(log.warnings().get(0)).contains("no memory for a frame");
                assertServes(healthy);
            }
            try (RawPeer third = new RawPeer(smallPort)) {
                await().until(() -> small.counters().openConnections() == 1);
                assertThat(third.sendUnlessClosed(most)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SerializeType.class)
    void understandsFramesThatTrickleInByteByByte(SerializeType type) throws Exception {
        try (RawPeer peer = new RawPeer(port)) {
            for (int i = 0; i < 3; i++) {
                for (byte one : RawPeer.frame(echo("slow " + i).withOpaque(i), type)) {
                    peer.send(new byte[] {one});
                }
                Command answer = peer.receive();
                assertThat(answer.opaque()).isEqualTo(i);
                assertThat(Peers.bodyText(answer)).isEqualTo("slow " + i);
            }
        }
    }

    @Test
    void survivesRandomBytes() throws Exception {
        Random random = new Random(20260731);
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[1 + random.nextInt(4000)];
            random.nextBytes(bytes);
            if (i % 2 == 0 && bytes.length > 8) {
                // A plausible prefix, so that the header is really parsed.
                int headerLength = Math.min(bytes.length - 8, 200);
                System.arraycopy(
                        RawPeer.ints(bytes.length - 4, (i % 4 == 0 ? 0 : 1 << 24) | headerLength), 0, bytes, 0, 8);
            }
            try (RawPeer peer = new RawPeer(port)) {
                peer.sendUnlessClosed(bytes);
            }
        }
        await().until(() -> server.counters().openConnections() == 0);
        assertThat(log.warnings()).hasSizeLessThanOrEqualTo(20).allMatch(line -> line.contains("malformed-input"));
        try (RawPeer healthy = new RawPeer(port)) {
            assertServes(healthy);
        }
    }

    @Test
    void refusesTlsWithAClearLine() throws Exception {
        try (RawPeer peer = new RawPeer(port)) {
            peer.sendUnlessClosed(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});
            assertThat(peer.isClosedByServer()).isTrue();
            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0)).contains("TLS not supported yet");
        }
    }

    @Test
    void ignoresAResponseNobodyWaitsFor() throws Exception {
        try (RawPeer peer = new RawPeer(port)) {
            peer.send(RawPeer.frame(
                    Command.response(echo("x").withOpaque(999), 0, echo("x").fields())));
            assertServes(peer);
            assertThat(log.warnings()).isEmpty();
        }
    }

    private static void assertServes(RawPeer peer) throws Exception {
        peer.send(RawPeer.frame(echo("still here").withOpaque(41)));
        Command answer = peer.receive();
        assertThat(answer.opaque()).isEqualTo(41);
        assertThat(Peers.bodyText(answer)).isEqualTo("still here");
    }
}
