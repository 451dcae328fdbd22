package io.orbitmq.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A message's properties while they are worked on: a small list in the order of first appearance. Encoded as name, 0x01,
 * value, 0x02 for each entry (protocol/03 section 3). Parsing is tolerant, the last of equal names wins. One thread.
 */
public final class MessageProperties {

    /** Stands between a name and its value. */
    public static final byte NAME_SEPARATOR = 1;

    /** Ends an entry. */
    public static final byte ENTRY_SEPARATOR = 2;

    private final Map<String, String> entries = new LinkedHashMap<>();

    /** Parses the text form, as a send header carries it. */
    public static MessageProperties parse(String text) {
        MessageProperties properties = new MessageProperties();
        int length = text.length();
        for (int start = 0; start < length; ) {
            int end = text.indexOf(ENTRY_SEPARATOR, start);
            end = end < 0 ? length : end;
            int separator = text.indexOf(NAME_SEPARATOR, start);
            if (separator > start && separator < end - 1) {
                properties.entries.put(text.substring(start, separator), text.substring(separator + 1, end));
            }
            start = end + 1;
        }
        return properties;
    }

    /** Parses the {@code length} bytes at {@code position}. */
    public static MessageProperties parse(ByteBuffer buffer, int position, int length) {
        return parse(Utf8.text(buffer, position, length));
    }

    /** The properties of the record at {@code base}. */
    public static MessageProperties ofRecord(ByteBuffer buffer, int base) {
        return parse(
                buffer, MessageRecord.propertiesPosition(buffer, base), MessageRecord.propertiesLength(buffer, base));
    }

    /** The value of one ASCII name in encoded properties, or the empty text; makes no map. */
    public static String find(ByteBuffer buffer, int position, int length, String name) {
        PropertyCursor cursor = new PropertyCursor().over(buffer, position, length);
        String found = "";
        while (cursor.next()) {
            if (cursor.nameIs(name)) {
                found = cursor.value();
            }
        }
        return found;
    }

    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /** The value, or the empty text. */
    public String get(String name) {
        return entries.getOrDefault(name, "");
    }

    /** Sets a value; an empty one would vanish at the next parse and removes the entry. */
    public MessageProperties put(String name, String value) {
        if (value.isEmpty()) {
            entries.remove(name);
        } else {
            entries.put(name, value);
        }
        return this;
    }

    public MessageProperties remove(String name) {
        entries.remove(name);
        return this;
    }

    /** A copy that can be changed on its own. */
    public MessageProperties copy() {
        MessageProperties copy = new MessageProperties();
        copy.entries.putAll(entries);
        return copy;
    }

    /** A view of the entries in order; it shows later changes. */
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(entries);
    }

    /** The text form. */
    public String encode() {
        int length = 0;
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            length += entry.getKey().length() + entry.getValue().length() + 2;
        }
        StringBuilder text = new StringBuilder(length);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            text.append(entry.getKey())
                    .append((char) NAME_SEPARATOR)
                    .append(entry.getValue())
                    .append((char) ENTRY_SEPARATOR);
        }
        return text.toString();
    }

    /** The UTF-8 form for a {@link MessageDraft}. */
    public ByteBuffer toBytes() {
        return ByteBuffer.wrap(encode().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageProperties that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(entries);
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
