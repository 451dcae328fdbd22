package io.orbitmq.protocol.message;

import io.orbitmq.protocol.frame.MalformedBodyException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The body of a batch send (protocol/03 section 8.1): items one behind the other.
 *
 * <pre>
 *   size 4 | magic 4 | bodyCrc 4 | flag 4 | bodyLength 4 | body | propertiesLength 2 | properties
 * </pre>
 *
 * Magic and bodyCrc are written as 0 and not looked at. Shows the bytes where they stand. Immutable as long as they are.
 */
public final class MessageBatch {

    private static final int FIXED_BYTES = 22;
    private static final int FLAG_AT = 12;
    private static final int BODY_LENGTH_AT = 16;
    private static final int BODY_AT = 20;
    private static final int FIRST_CAPACITY = 32;

    private final ByteBuffer bytes;
    private final int[] starts;
    private final int size;

    private MessageBatch(ByteBuffer bytes, int[] starts, int size) {
        this.bytes = bytes;
        this.starts = starts;
        this.size = size;
    }

    /**
     * One message of a batch.
     *
     * @param flag the application's
     * @param body a view of the batch's bytes
     * @param properties a view of the batch's bytes
     */
    public record Item(int flag, ByteBuffer body, ByteBuffer properties) {}

    /**
     * The batch in {@code bytes}, which are kept and whose position does not move.
     *
     * @throws MalformedBodyException when the sizes do not add up
     */
    public static MessageBatch of(ByteBuffer bytes) {
        int[] starts = new int[FIRST_CAPACITY];
        int size = 0;
        for (int at = bytes.position(); at < bytes.limit(); ) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
            }
            starts[size] = at;
            at += checkedSize(bytes, at, size);
            size++;
        }
        return new MessageBatch(bytes, starts, size);
    }

    /** The size of the item at {@code at}, whose lengths agree with it. */
    private static int checkedSize(ByteBuffer batch, int at, int item) {
        int left = batch.limit() - at;
        int size = left < FIXED_BYTES ? -1 : batch.getInt(at);
        if (size < FIXED_BYTES || size > left) {
            throw malformed(item, "a size of " + FIXED_BYTES + " to the " + left + " bytes left", size);
        }
        int bodyLength = batch.getInt(at + BODY_LENGTH_AT);
        if (bodyLength < 0 || bodyLength > size - FIXED_BYTES) {
            throw malformed(item, "a body of 0 to " + (size - FIXED_BYTES) + " bytes", bodyLength);
        }
        int propertiesLength = batch.getShort(at + BODY_AT + bodyLength);
        if (propertiesLength != size - FIXED_BYTES - bodyLength) {
            throw malformed(item, "properties of " + (size - FIXED_BYTES - bodyLength) + " bytes", propertiesLength);
        }
        return size;
    }

    /** How many messages. */
    public int size() {
        return size;
    }

    /** The batch's bytes; absolute positions in them are what the methods below give. */
    public ByteBuffer bytes() {
        return bytes;
    }

    public int flag(int index) {
        return bytes.getInt(starts[index] + FLAG_AT);
    }

    public int bodyPosition(int index) {
        return starts[index] + BODY_AT;
    }

    public int bodyLength(int index) {
        return bytes.getInt(starts[index] + BODY_LENGTH_AT);
    }

    public int propertiesPosition(int index) {
        return bodyPosition(index) + bodyLength(index) + Short.BYTES;
    }

    public int propertiesLength(int index) {
        return bytes.getShort(propertiesPosition(index) - Short.BYTES);
    }

    /** Position behind the message, where its properties end. */
    int end(int index) {
        return starts[index] + bytes.getInt(starts[index]);
    }

    /** All messages. */
    public List<Item> items() {
        List<Item> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(new Item(
                    flag(i),
                    bytes.slice(bodyPosition(i), bodyLength(i)),
                    bytes.slice(propertiesPosition(i), propertiesLength(i))));
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
