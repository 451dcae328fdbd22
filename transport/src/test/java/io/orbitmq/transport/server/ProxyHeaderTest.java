package io.orbitmq.transport.server;

import static io.orbitmq.transport.server.Peers.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {

    private static final byte[] V2_SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private RemotingServer server;
    private int port;
    private CapturedLog log;

    @BeforeEach
    void start() {
        log = new CapturedLog();
        ConnectionListener listener = new ConnectionListener() {
            @Override
            public void opened(Connection connection) {
                opened.add(connection.toString());
            }

            @Override
            public void closed(Connection connection) {
                closed.countDown();
            }
        };
        HandlerTable table = HandlerTable.builder()
                .on(
                        1,
                        Lane.inline(),
                        exchange -> exchange.succeed(Fields.of(
                                "remote",
                                exchange.connection()
                                                .remoteAddress()
                                                .getAddress()
                                                .getHostAddress() + ":"
                                        + exchange.connection().remoteAddress().getPort())))
                .build();
        server = new RemotingServer(config(), listener, new SystemClock());
        port = server.listen(0, table);
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    @Test
    void takesTheSourceOfAVersionOneHeaderAsRemoteAddress() throws Exception {
        byte[] header = "PROXY TCP4 10.0.0.1 10.0.0.2 5000 10911\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(remoteSeenAfter(header)).isEqualTo("10.0.0.1:5000");
        assertThat(opened).containsExactly("10.0.0.1:5000");
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesTheSourceOfAVersionTwoHeaderAsRemoteAddress() throws Exception {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(V2_SIGNATURE);
        header.write(HexFormat.of().parseHex("2111000f" + "0a000003" + "0a000004" + "1388" + "2a9f" + "040000"));
        assertThat(remoteSeenAfter(header.toByteArray())).isEqualTo("10.0.0.3:5000");
    }

    @Test
    void keepsThePeersAddressForLocalAndUnknown() throws Exception {
        ByteArrayOutputStream local = new ByteArrayOutputStream();
        local.write(V2_SIGNATURE);
        local.write(HexFormat.of().parseHex("20000000"));
        assertThat(remoteSeenAfter(local.toByteArray())).startsWith("127.0.0.1:");
        assertThat(remoteSeenAfter("PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII)))
                .startsWith("127.0.0.1:");
    }

    @Test
    void understandsAHeaderThatTricklesIn() throws Exception {
        try (RawPeer peer = new RawPeer(port)) {
            for (byte one : "PROXY TCP4 10.0.0.9 10.0.0.2 77 10911\r\n".getBytes(StandardCharsets.US_ASCII)) {
                peer.send(new byte[] {one});
            }
            for (byte one : RawPeer.frame(Command.request(1, Fields.NONE))) {
                peer.send(new byte[] {one});
            }
            assertThat(peer.receive().fields().text("remote")).isEqualTo("10.0.0.9:77");
        }
    }

    @Test
    void closesOnABrokenHeaderWithOneWarning() throws Exception {
        try (RawPeer peer = new RawPeer(port)) {
            peer.sendUnlessClosed("PROXY TCP4 nonsense\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.isClosedByServer()).isTrue();
            await().until(() -> !log.warnings().isEmpty());
            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0)).contains("malformed-input", "cause=\"invalid TCP4/6 header");
            assertThat(opened).isEmpty();
        }
    }

    @Test
    void doesNotTakeASecondHeader() throws Exception {
        byte[] twice = "PROXY UNKNOWN\r\nPROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
        try (RawPeer peer = new RawPeer(port)) {
            peer.sendUnlessClosed(twice);
            assertThat(peer.isClosedByServer()).isTrue();
        }
    }

    private String remoteSeenAfter(byte[] header) throws Exception {
        try (RawPeer peer = new RawPeer(port)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(header);
            bytes.write(RawPeer.frame(Command.request(1, Fields.NONE)));
            peer.send(bytes.toByteArray());
            return peer.receive().fields().text("remote");
        }
    }
}
