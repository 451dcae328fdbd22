package io.orbitmq.broker.send;

import io.orbitmq.protocol.message.PropertyNames;

/**
 * One pass over the properties a producer sent, without making a map: the few values that decide what happens to the
 * message, and whether the text can be stored as it is with the broker's own entries behind it. The last of equal names
 * wins; entries without name or value do not count (protocol/03 section 3). One message, one thread.
 */
final class PropertyScan {

    private static final char NAME_SEPARATOR = 1;
    private static final char ENTRY_SEPARATOR = 2;

    private String uniqueKey = "";
    private String delay = "";
    private boolean wait = true;
    private boolean transactional;
    private boolean keyed;
    private boolean innerNumbered;
    private boolean timed;
    private boolean timedOut;
    private boolean rewriteNeeded;

    private PropertyScan() {}

    static PropertyScan of(String properties) {
        PropertyScan scan = new PropertyScan();
        int length = properties.length();
        for (int start = 0; start < length; ) {
            int end = properties.indexOf(ENTRY_SEPARATOR, start);
            end = end < 0 ? length : end;
            int separator = properties.indexOf(NAME_SEPARATOR, start);
            if (separator > start && separator < end - 1) {
                scan.look(properties, start, separator, end);
            }
            start = end + 1;
        }
        return scan;
    }

    private void look(String text, int start, int separator, int end) {
        switch (separator - start) {
            case 4 -> lookAtFour(text, start, separator, end);
            case 5 -> delay = text.startsWith(PropertyNames.DELAY, start) ? text.substring(separator + 1, end) : delay;
            case 6 -> rewriteNeeded |= text.startsWith(PropertyNames.POP_CK, start);
            case 7 -> rewriteNeeded |= text.startsWith(PropertyNames.CLUSTER, start);
            case 8 -> lookAtEight(text, start, separator, end);
            case 9 -> innerNumbered |= text.startsWith(PropertyNames.INNER_NUM, start);
            case 10 -> rewriteNeeded |= text.startsWith(PropertyNames.MSG_REGION, start);
            default -> lookAtTimers(text, start, separator);
        }
    }

    private void lookAtFour(String text, int start, int separator, int end) {
        if (text.startsWith(PropertyNames.WAIT, start)) {
            wait = !"false".equalsIgnoreCase(text.substring(separator + 1, end));
        } else if (text.startsWith(PropertyNames.KEYS, start)) {
            keyed = true;
        }
    }

    private void lookAtEight(String text, int start, int separator, int end) {
        if (text.startsWith(PropertyNames.UNIQ_KEY, start)) {
            uniqueKey = text.substring(separator + 1, end);
        } else if (text.startsWith(PropertyNames.TRAN_MSG, start)) {
            transactional = Boolean.parseBoolean(text.substring(separator + 1, end));
        } else {
            rewriteNeeded |=
                    text.startsWith(PropertyNames.TRACE_ON, start) || text.startsWith(PropertyNames.CRC32, start);
        }
    }

    private void lookAtTimers(String text, int start, int separator) {
        if (!text.startsWith("TIMER_", start)) {
            return;
        }
        switch (text.substring(start, separator)) {
            case PropertyNames.TIMER_DELAY_SEC, PropertyNames.TIMER_DELAY_MS, PropertyNames.TIMER_DELIVER_MS ->
                timed = true;
            case PropertyNames.TIMER_OUT_MS -> timedOut = true;
            default -> {
                // bookkeeping that makes no message wait
            }
        }
    }

    /** UNIQ_KEY, empty when missing. */
    String uniqueKey() {
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

    /** Whether something must be taken out, so that appending is not enough. */
    boolean needsRewrite() {
        return rewriteNeeded;
    }
}
