package io.orbitmq.compat.pop;

import io.orbitmq.compat.server.TestServer;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.body.group.MessageRequestMode;
import io.orbitmq.protocol.body.group.RequestMode;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;

/** The requests of protocol/08 over one connection. Closing it is all that a consumer's death means to the broker. */
final class PopRequests implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestServer server;
    private final RemotingClient client = new RemotingClient(
            ClientConfig.defaults(), HandlerTable.builder().build(), ConnectionListener.NONE, new SystemClock());

    PopRequests(TestServer server) {
        this.server = server;
    }

    PopAnswer pop(PopPlan plan) {
        return popLater(plan).join();
    }

    CompletableFuture<PopAnswer> popLater(PopPlan plan) {
        return askLater(RequestCode.POP_MESSAGE, plan.toFields(server.brokerName()), new byte[0])
                .thenApply(answer -> PopAnswer.of(answer, server.brokerName()));
    }

    PopAnswer peek(String topic, String group, int queueId, int max) {
        return PopAnswer.of(
                ask(
                        RequestCode.PEEK_MESSAGE,
                        queueFields(topic, group, queueId)
                                .put("maxMsgNums", max)
                                .build()),
                server.brokerName());
    }

    /** @param topic the message's own: its retry topic when it was retried */
    Command ack(String topic, String group, PoppedMessage message) {
        return ack(topic, group, message.queueId(), message.queueOffset(), message.handle());
    }

    Command ack(String topic, String group, int queueId, long offset, String handle) {
        return ask(
                RequestCode.ACK_MESSAGE,
                queueFields(topic, group, queueId)
                        .put("offset", offset)
                        .put("extraInfo", handle)
                        .build());
    }

    /** Acknowledges offsets of one queue of one pop. */
    Command batchAck(String topic, String group, PoppedMessage one, long... offsets) {
        String[] handle = one.handle().split(" ");
        long start = Long.parseLong(handle[0]);
        BitSet bits = new BitSet();
        for (long offset : offsets) {
            bits.set((int) (offset - start));
        }
        String body = ("{'acks':[{'b':'%s','c':'%s','it':%s,'pt':%s,'q':%s,'r':'%s','rq':%s,'so':%d,'t':'%s'}],"
                        + "'brokerName':'%s'}")
                .replace('\'', '"')
                .formatted(
                        Base64.getEncoder().encodeToString(bits.toByteArray()),
                        group,
                        handle[2],
                        handle[1],
                        handle[6],
                        handle[4],
                        handle[3],
                        start,
                        topic,
                        server.brokerName());
        return askLater(RequestCode.BATCH_ACK_MESSAGE, Fields.NONE, body.getBytes(StandardCharsets.UTF_8))
                .join();
    }

    Command changeInvisible(String topic, String group, PoppedMessage message, long invisibleMs) {
        return ask(
                RequestCode.CHANGE_MESSAGE_INVISIBLETIME,
                queueFields(topic, group, message.queueId())
                        .put("offset", message.queueOffset())
                        .put("extraInfo", message.handle())
                        .put("invisibleTime", invisibleMs)
                        .build());
    }

    CompletableFuture<Command> notification(String topic, String group, int queueId, long pollMs, boolean order) {
        return askLater(
                RequestCode.NOTIFICATION,
                queueFields(topic, group, queueId)
                        .put("pollTime", pollMs)
                        .put("bornTime", new SystemClock().epochMs())
                        .put("order", order)
                        .build(),
                new byte[0]);
    }

    /** How many pops are held for exactly this queue id. */
    int held(String topic, String group, int queueId) {
        return ask(RequestCode.POLLING_INFO, queueFields(topic, group, queueId).build())
                .fields()
                .requiredInt("pollingNum");
    }

    /** The group's committed offset, -1 for none. */
    long committed(String topic, String group, int queueId) {
        Command answer = ask(
                RequestCode.QUERY_CONSUMER_OFFSET,
                queueFields(topic, group, queueId)
                        .put("setZeroIfNotFound", false)
                        .build());
        return answer.code() == 0 ? answer.fields().requiredLong("offset") : -1;
    }

    Command setMode(String topic, String group, RequestMode mode, int share) {
        return askLater(
                        RequestCode.SET_MESSAGE_REQUEST_MODE,
                        Fields.NONE,
                        new MessageRequestMode(topic, group, mode, share).encode())
                .join();
    }

    Command ask(int code, Fields fields) {
        return askLater(code, fields, new byte[0]).join();
    }

    CompletableFuture<Command> askLater(int code, Fields fields, byte[] body) {
        return client.call(server.broker(), Command.request(code, fields, ByteBuffer.wrap(body)), LIMIT);
    }

    private Fields.Builder queueFields(String topic, String group, int queueId) {
        return Fields.builder()
                .put("consumerGroup", group)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("bname", server.brokerName());
    }

    @Override
    public void close() {
        client.close();
    }
}
