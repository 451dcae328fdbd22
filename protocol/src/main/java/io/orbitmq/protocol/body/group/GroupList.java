package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/** Names of groups: answer to QUERY_TOPIC_CONSUME_BY_WHO (protocol/11 section 3.2). @param groups names */
public record GroupList(List<String> groups) {

    public GroupList {
        groups = List.copyOf(groups);
    }

    public static GroupList of(Collection<String> groups) {
        return new GroupList(List.copyOf(groups));
    }

    public static GroupList decode(ByteBuffer body) {
        return new GroupList(Json.texts(Json.readObject(body).path("groupList")));
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        node.set("groupList", Json.array(groups));
        return Json.write(node);
    }
}
