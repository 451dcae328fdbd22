package io.orbitmq.store.node;

import io.orbitmq.store.StateTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Offsets by name: the kind of table that the broker keeps. */
final class OffsetTable implements StateTable {

    final Map<String, Long> offsets = new TreeMap<>();

    static ByteBuffer change(String name, long offset) {
        return ByteBuffer.wrap((name + "=" + offset).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String name() {
        return "offsets";
    }

    @Override
    public void apply(ByteBuffer change) {
        put(StandardCharsets.UTF_8.decode(change).toString());
    }

    @Override
    public ByteBuffer snapshot() {
        StringBuilder text = new StringBuilder();
        offsets.forEach(
                (name, offset) -> text.append(name).append('=').append(offset).append('\n'));
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void restore(ByteBuffer snapshot) {
        offsets.clear();
        StandardCharsets.UTF_8.decode(snapshot).toString().lines().forEach(this::put);
    }

    private void put(String pair) {
        int at = pair.indexOf('=');
        offsets.put(pair.substring(0, at), Long.parseLong(pair.substring(at + 1)));
    }
}
