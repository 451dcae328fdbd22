package io.orbitmq.protocol.message;

import io.orbitmq.protocol.frame.MalformedBodyException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a batch send (protocol/03 section 8.1): items one behind the other.
 *
 * <pre>
 *   size 4 | magic 4 | bodyCrc 4 | flag 4 | bodyLength 4 | body | propertiesLength 2 | properties
 * </pre>
 *
 * Magic and bodyCrc are written as 0 and not looked at.
 */
public final class MessageBatch {

    private static final int FIXED_BYTES = 22;
    private static final int FLAG_AT = 12;
    private static final int BODY_LENGTH_AT = 16;
    private static final int BODY_AT = 20;

    private MessageBatch() {}

    /**
     * One message of a batch.
     *
     * @param flag the application's
     * @param body a view of the batch's bytes
     * @param properties a view of the batch's bytes
     */
    public record Item(int flag, ByteBuffer body, ByteBuffer properties) {}

    /**
     * The items of {@code batch}, whose position does not move.
     *
     * @throws MalformedBodyException when the sizes do not add up
     */
    public static List<Item> decode(ByteBuffer batch) {
        List<Item> items = new ArrayList<>();
        int at = batch.position();
        while (at < batch.limit()) {
            int left = batch.limit() - at;
            int size = left < FIXED_BYTES ? -1 : batch.getInt(at);
            if (size < FIXED_BYTES || size > left) {
                throw malformed(items.size(), "a size of " + FIXED_BYTES + " to the " + left + " bytes left", size);
            }
            int bodyLength = batch.getInt(at + BODY_LENGTH_AT);
            if (bodyLength < 0 || bodyLength > size - FIXED_BYTES) {
                throw malformed(items.size(), "a body of 0 to " + (size - FIXED_BYTES) + " bytes", bodyLength);
            }
            int propertiesAt = at + BODY_AT + bodyLength + Short.BYTES;
            int propertiesLength = batch.getShort(propertiesAt - Short.BYTES);
            if (propertiesLength != size - FIXED_BYTES - bodyLength) {
                throw malformed(
                        items.size(),
                        "properties of " + (size - FIXED_BYTES - bodyLength) + " bytes",
                        propertiesLength);
            }
            items.add(new Item(
                    batch.getInt(at + FLAG_AT),
                    batch.slice(at + BODY_AT, bodyLength),
                    batch.slice(propertiesAt, propertiesLength)));
            at += size;
        }
        return items;
    }

    /** The bytes of a batch of these items. */
    public static ByteBuffer encode(List<Item> items) {
        int total = 0;
        for (Item item : items) {
            total += sizeOf(item);
        }
        ByteBuffer batch = ByteBuffer.allocate(total);
        for (Item item : items) {
            batch.putInt(sizeOf(item)).putInt(0).putInt(0).putInt(item.flag);
            batch.putInt(item.body.remaining()).put(item.body.duplicate());
            batch.putShort((short) item.properties.remaining()).put(item.properties.duplicate());
        }
        return batch.flip();
    }

    private static int sizeOf(Item item) {
        return FIXED_BYTES + item.body.remaining() + item.properties.remaining();
    }

    private static MalformedBodyException malformed(int item, String expected, int found) {
        return new MalformedBodyException("item " + item + " of the batch must have " + expected + ", found " + found);
    }
}
