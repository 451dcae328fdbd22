package io.orbitmq.protocol.body.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Answer to LIST_OPEN_TRANSACTIONS (docs/transactions.md).
 *
 * @param total open transactions of the broker
 * @param nextPosition where the next page starts, -1 when this is the last
 * @param transactions oldest first
 */
public record OpenTransactionList(int total, long nextPosition, List<Entry> transactions) {

    public OpenTransactionList {
        transactions = List.copyOf(transactions);
    }

    /**
     * One open transaction.
     *
     * @param messageId offset message id of the half message
     * @param transactionId UNIQ_KEY
     * @param producerGroup who must decide
     * @param topic where the message will go
     * @param queueId its queue
     * @param position byte place of the half message in the log
     * @param queueOffset of the half message
     * @param bornTimestamp epoch ms, the producer's
     * @param storeTimestamp epoch ms, the broker's
     * @param checks how often a producer was asked
     */
    public record Entry(
            String messageId,
            String transactionId,
            String producerGroup,
            String topic,
            int queueId,
            long position,
            long queueOffset,
            long bornTimestamp,
            long storeTimestamp,
            int checks) {}

    public static OpenTransactionList decode(ByteBuffer body) {
        JsonNode node = Json.readObject(body);
        List<Entry> entries = new ArrayList<>();
        for (JsonNode item : node.path("transactions")) {
            entries.add(new Entry(
                    Json.text(item, "msgId"),
                    Json.text(item, "transactionId"),
                    Json.text(item, "producerGroup"),
                    Json.text(item, "topic"),
                    item.path("queueId").asInt(),
                    item.path("commitLogOffset").asLong(),
                    item.path("tranStateTableOffset").asLong(),
                    item.path("bornTimestamp").asLong(),
                    item.path("storeTimestamp").asLong(),
                    item.path("checks").asInt()));
        }
        return new OpenTransactionList(
                node.path("total").asInt(), node.path("nextPosition").asLong(), entries);
    }

    public byte[] encode() {
        ObjectNode node = Json.object().put("total", total).put("nextPosition", nextPosition);
        ArrayNode list = node.putArray("transactions");
        for (Entry entry : transactions) {
            list.addObject()
                    .put("msgId", entry.messageId)
                    .put("transactionId", entry.transactionId)
                    .put("producerGroup", entry.producerGroup)
                    .put("topic", entry.topic)
                    .put("queueId", entry.queueId)
                    .put("commitLogOffset", entry.position)
                    .put("tranStateTableOffset", entry.queueOffset)
                    .put("bornTimestamp", entry.bornTimestamp)
                    .put("storeTimestamp", entry.storeTimestamp)
                    .put("checks", entry.checks);
        }
        return Json.write(node);
    }
}
