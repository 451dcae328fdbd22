package io.orbitmq.benchmarks.micro;

import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Messages as producers send them. */
final class Samples {

    static final String TOPIC = "BenchmarkTopic";
    static final long BORN_MS = 1_795_225_017_881L;

    private static final HostAddress HOST =
            HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    private Samples() {}

    static String properties(String uniqueKey) {
        return "UNIQ_KEY\u0001" + uniqueKey
                + "\u0002KEYS\u0001order-4711\u0002TAGS\u0001TagA\u0002color\u0001green\u0002price\u000142\u0002WAIT\u0001true\u0002";
    }

    static SendMessageHeader sendHeader() {
        return new SendMessageHeader(
                "benchmark-group",
                TOPIC,
                "TBW102",
                4,
                3,
                0,
                BORN_MS,
                0,
                properties("7F00000100002A139A0B000000000001"),
                0,
                false,
                -1,
                false);
    }

    static MessageDraft draft(int bodyBytes, String uniqueKey) {
        byte[] properties = properties(uniqueKey).getBytes(StandardCharsets.UTF_8);
        return new MessageDraft(
                0, 0, BORN_MS, HOST, HOST, 0, 0, ByteBuffer.allocate(bodyBytes), ByteBuffer.wrap(properties));
    }

    static ByteBuffer record(int bodyBytes) {
        MessageDraft draft = draft(bodyBytes, "7F00000100002A139A0B000000000001");
        byte[] topic = TOPIC.getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(MessageRecord.sizeOf(draft, topic.length));
        MessageRecord.write(record, draft, topic, 3, 17, 4096, BORN_MS);
        return record.flip();
    }

    /** Where files cost no disk, or the ordinary temporary directory. */
    static Path parentOf(String place) {
        Path memory = Path.of("/dev/shm");
        return place.equals("memory") && Files.isDirectory(memory) ? memory : Path.of("/tmp");
    }
}
