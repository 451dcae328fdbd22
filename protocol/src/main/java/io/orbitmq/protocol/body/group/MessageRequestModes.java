package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Every request mode that was set: answer to GET_ALL_MESSAGE_REQUEST_MODE, by topic and group (protocol/07 section 15).
 *
 * @param modes in no order, at most one per topic and group
 */
public record MessageRequestModes(List<MessageRequestMode> modes) {

    public MessageRequestModes {
        modes = List.copyOf(modes);
    }

    public static MessageRequestModes of(Collection<MessageRequestMode> modes) {
        return new MessageRequestModes(List.copyOf(modes));
    }

    public static MessageRequestModes decode(ByteBuffer body) {
        List<MessageRequestMode> modes = new ArrayList<>();
        for (JsonNode ofTopic : Json.readObject(body).path("messageRequestModeMap")) {
            ofTopic.forEach(mode -> modes.add(MessageRequestMode.fromJson(mode)));
        }
        return new MessageRequestModes(modes);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ObjectNode byTopic = node.putObject("messageRequestModeMap");
        modes.forEach(mode -> byTopic.withObjectProperty(mode.topic()).set(mode.consumerGroup(), mode.toJson()));
        return Json.write(node);
    }
}
