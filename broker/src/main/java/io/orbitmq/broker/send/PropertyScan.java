package io.orbitmq.broker.send;

import io.orbitmq.protocol.frame.EightBytes;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.Utf8Range;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One pass over the properties a producer sent, as bytes and without making a map: the few values that decide what happens
 * to the message, and whether the bytes can be stored as they are with the broker's own entries behind them. The last of
 * equal names wins; entries without name or value do not count (protocol/03 section 3). One message, one thread.
 */
final class PropertyScan {

    private static final long ENTRY_SEPARATORS = EightBytes.all(MessageProperties.ENTRY_SEPARATOR);
    private static final String FALSE = "false";
    private static final String TRUE = "true";

    private final byte[] bytes;
    private Utf8Range uniqueKey = Utf8Range.EMPTY;
    private String delay = "";
    private boolean wait = true;
    private boolean transactional;
    private boolean keyed;
    private boolean innerNumbered;
    private boolean timed;
    private boolean timedOut;
    private boolean rewriteNeeded;

    private PropertyScan(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param properties UTF-8, kept; what is none is replaced as in every text */
    static PropertyScan of(byte[] properties) {
        PropertyScan scan = new PropertyScan(properties);
        if (!scan.look()) {
            byte[] proper = new String(properties, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(proper, properties)) {
                return of(proper);
            }
        }
        return scan;
    }

    /** Says whether all is ASCII. */
    private boolean look() {
        long seen = 0;
        int length = bytes.length;
        for (int start = 0; start < length; ) {
            int end = start;
            long separators = 0;
            for (; end + Long.BYTES <= length; end += Long.BYTES) {
                long eight = EightBytes.at(bytes, end);
                separators = EightBytes.equal(eight, ENTRY_SEPARATORS);
                seen |= eight;
                if (separators != 0) {
                    end += EightBytes.first(separators);
                    break;
                }
            }
            while (separators == 0 && end < length && bytes[end] != MessageProperties.ENTRY_SEPARATOR) {
                seen |= bytes[end++];
            }
            lookAt(start, end);
            start = end + 1;
        }
        return EightBytes.beyondAscii(seen) == 0;
    }

    private void lookAt(int start, int end) {
        int separator = start;
        while (separator < end && bytes[separator] != MessageProperties.NAME_SEPARATOR) {
            separator++;
        }
        if (separator == start || separator >= end - 1) {
            return;
        }
        switch (separator - start) {
            case 4 -> lookAtFour(start, separator, end);
            case 5 -> delay = is(PropertyNames.DELAY, start) ? text(separator + 1, end) : delay;
            case 6 -> rewriteNeeded |= is(PropertyNames.POP_CK, start);
            case 7 -> rewriteNeeded |= is(PropertyNames.CLUSTER, start);
            case 8 -> lookAtEight(start, separator, end);
            case 9 -> innerNumbered |= is(PropertyNames.INNER_NUM, start);
            case 10 -> rewriteNeeded |= is(PropertyNames.MSG_REGION, start);
            default -> lookAtTimers(start, separator);
        }
    }

    private void lookAtFour(int start, int separator, int end) {
        if (is(PropertyNames.WAIT, start)) {
            wait = !says(FALSE, separator + 1, end);
        } else if (is(PropertyNames.KEYS, start)) {
            keyed = true;
        }
    }

    private void lookAtEight(int start, int separator, int end) {
        if (is(PropertyNames.UNIQ_KEY, start)) {
            uniqueKey = new Utf8Range(bytes, separator + 1, end);
        } else if (is(PropertyNames.TRAN_MSG, start)) {
            transactional = says(TRUE, separator + 1, end);
        } else {
            rewriteNeeded |= is(PropertyNames.TRACE_ON, start) || is(PropertyNames.CRC32, start);
        }
    }

    private void lookAtTimers(int start, int separator) {
        if (!is("TIMER_", start)) {
            return;
        }
        switch (text(start, separator)) {
            case PropertyNames.TIMER_DELAY_SEC, PropertyNames.TIMER_DELAY_MS, PropertyNames.TIMER_DELIVER_MS ->
                timed = true;
            case PropertyNames.TIMER_OUT_MS -> timedOut = true;
            default -> {
                // bookkeeping that makes no message wait
            }
        }
    }

    /** Whether this ASCII text stands at {@code at}, or as much of it as there is room for. */
    private boolean is(String name, int at) {
        int length = name.length();
        if (at + length > bytes.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean says(String word, int from, int to) {
        return to - from == word.length() && (is(word, from) || word.equalsIgnoreCase(text(from, to)));
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** What was looked at, in proper UTF-8; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** UNIQ_KEY, empty when missing. */
    Utf8Range uniqueKey() {
        return uniqueKey;
    }

    /** DELAY as given, empty when missing. */
    String delay() {
        return delay;
    }

    /** Whether the answer waits for the disk; missing means it does. */
    boolean waitsForDisk() {
        return wait;
    }

    boolean isTransactional() {
        return transactional;
    }

    boolean hasKeys() {
        return keyed;
    }

    boolean hasInnerNumber() {
        return innerNumbered;
    }

    /** Whether a delay of any length is asked for (protocol/06 section 2). */
    boolean isTimed() {
        return timed && !timedOut;
    }

    /** What to store, in UTF-8: as given but for what the broker says itself or must not keep; not to be changed. */
    byte[] kept() {
        return rewriteNeeded ? parsed().encode().getBytes(StandardCharsets.UTF_8) : bytes;
    }

    /** The same to work on. */
    MessageProperties parsed() {
        MessageProperties properties = MessageProperties.parse(text(0, bytes.length));
        if (rewriteNeeded) {
            properties
                    .remove(PropertyNames.POP_CK)
                    .remove(PropertyNames.CRC32)
                    .remove(PropertyNames.MSG_REGION)
                    .remove(PropertyNames.TRACE_ON)
                    .remove(PropertyNames.CLUSTER);
        }
        return properties;
    }

    /** Whether nothing in here asks for anything but to be stored. */
    boolean isOrdinary() {
        return !uniqueKey.isEmpty() && !transactional && !innerNumbered && !timed && !rewriteNeeded && delay.isEmpty();
    }
}
