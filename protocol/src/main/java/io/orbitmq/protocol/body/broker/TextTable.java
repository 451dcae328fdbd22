package io.orbitmq.protocol.body.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.protocol.json.Json;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names and texts, written as {@code {"table":{...}}}: answers to GET_BROKER_RUNTIME_INFO, GET_KVLIST_BY_NAMESPACE and
 * REGISTER_BROKER.
 *
 * @param table values by name
 */
public record TextTable(Map<String, String> table) {

    public TextTable {
        table = Collections.unmodifiableMap(new LinkedHashMap<>(table));
    }

    public static TextTable decode(ByteBuffer body) {
        return new TextTable(Json.textMap(Json.readObject(body).path("table")));
    }

    public byte[] encode() {
        return Json.write(Json.object().<ObjectNode>set("table", Json.object(table)));
    }
}
