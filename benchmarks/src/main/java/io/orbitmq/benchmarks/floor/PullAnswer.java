package io.orbitmq.benchmarks.floor;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.pull.PullAnswerHeader;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.MessageRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Answers to pulls. The records lie ready-made, as large as those of the drain, and are copied once; in the copy each gets its
 * queue offset and the begin of its body. Owned by the server's thread.
 */
final class PullAnswer {

    /** Most records in an answer, which is what the load asks for. */
    static final int MOST_RECORDS = 32;

    private static final int BODY_BYTES = 128;
    private static final int QUEUE_OFFSET_AT = 20;
    private static final byte[] TOPIC = "BenchmarkDrain".getBytes(StandardCharsets.US_ASCII);
    /** Those of the drain's batches, behind which a broker puts a unique key and properties of its own. */
    private static final byte[] PROPERTIES = ("WAIT\u0001true\u0002UNIQ_KEY\u00017F00000100004EF20000000123456789"
                    + "\u0002WAIT\u0001true\u0002MSG_REGION\u0001DefaultRegion\u0002CLUSTER\u0001DefaultCluster"
                    + "\u0002TRACE_ON\u0001true\u0002")
            .getBytes(StandardCharsets.US_ASCII);

    private static final String NEXT_FIELD = "\"nextBeginOffset\":\"";
    private static final String END_FIELD = "\"maxOffset\":\"";

    private final FrameTemplate found = head(ResponseCode.SUCCESS);
    private final FrameTemplate notFound = head(ResponseCode.PULL_NOT_FOUND);
    private final int nextAt = found.find(NEXT_FIELD) + NEXT_FIELD.length();
    private final int endAt = found.find(END_FIELD) + END_FIELD.length();
    private final byte[] records;
    private final int recordBytes;
    private final int bodyAt;

    PullAnswer() {
        ByteBuffer record = record();
        recordBytes = record.remaining();
        bodyAt = MessageRecord.bodyPosition(record, 0);
        ByteBuffer all = ByteBuffer.allocate(MOST_RECORDS * recordBytes);
        for (int i = 0; i < MOST_RECORDS; i++) {
            all.put(record.duplicate());
        }
        records = all.array();
    }

    int largestBytes() {
        return found.sizeBytes() + records.length;
    }

    /** Writes an answer with what the queue has from {@code offset} on, at most {@link #MOST_RECORDS}. */
    void write(ByteBuffer out, int opaque, FloorQueue queue, long offset) {
        int count = (int) Math.max(0, Math.min(MOST_RECORDS, queue.end() - offset));
        int start = out.position();
        FrameTemplate head = count > 0 ? found : notFound;
        head.putDigits(nextAt, offset + count);
        head.putDigits(endAt, queue.end());
        head.write(out, opaque);
        int recordAt = out.position();
        out.put(records, 0, count * recordBytes);
        out.putInt(start, out.position() - start - Integer.BYTES);
        for (int i = 0; i < count; i++) {
            out.putLong(recordAt + QUEUE_OFFSET_AT, offset + i);
            out.putLong(recordAt + bodyAt, queue.bodyBegin(offset + i));
            recordAt += recordBytes;
        }
    }

    private static FrameTemplate head(int code) {
        long tenDigits = FrameTemplate.FIRST_OPAQUE;
        PullAnswerHeader header = new PullAnswerHeader(0, tenDigits, 0, tenDigits, 0, 0, -1);
        return FrameTemplate.of(Command.response(Command.request(0, Fields.NONE), code, header.toFields()));
    }

    private static ByteBuffer record() {
        HostAddress host = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));
        MessageDraft draft = new MessageDraft(
                0, 0, 0, host, host, 0, 0, ByteBuffer.allocate(BODY_BYTES), ByteBuffer.wrap(PROPERTIES));
        ByteBuffer record = ByteBuffer.allocate(MessageRecord.sizeOf(draft, TOPIC.length));
        MessageRecord.write(record, draft, TOPIC, 0, 0, 0, 0);
        return record.flip();
    }
}
