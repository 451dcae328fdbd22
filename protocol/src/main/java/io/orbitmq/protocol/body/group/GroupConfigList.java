package io.orbitmq.protocol.body.group;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Body of UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST. @param groups settings to create or change */
public record GroupConfigList(List<GroupConfig> groups) {

    public GroupConfigList {
        groups = List.copyOf(groups);
    }

    public static GroupConfigList decode(ByteBuffer body) {
        List<GroupConfig> groups = new ArrayList<>();
        Json.readObject(body).path("groupConfigList").forEach(item -> groups.add(GroupConfig.fromJson(item)));
        return new GroupConfigList(groups);
    }

    public byte[] encode() {
        ObjectNode node = Json.object();
        ArrayNode list = node.putArray("groupConfigList");
        groups.forEach(group -> list.add(group.toJson()));
        return Json.write(node);
    }
}
