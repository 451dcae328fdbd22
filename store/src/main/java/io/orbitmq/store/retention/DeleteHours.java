package io.orbitmq.store.retention;

import java.time.Instant;
import java.time.ZoneId;
import java.util.BitSet;

/** The hours of day in which expired segments are removed [deleteWhen]. Immutable once parsed. */
public final class DeleteHours {

    private static final int HOURS = 24;

    private final BitSet hours = new BitSet(HOURS);
    private final ZoneId zone;

    private DeleteHours(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Parses hours 0 to 23 separated by ';', such as {@code 04} or {@code 03;15}.
     *
     * @param zone the broker's local time
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static DeleteHours parse(String text, ZoneId zone) {
        DeleteHours parsed = new DeleteHours(zone);
        for (String part : text.split(";")) {
            String hour = part.trim();
            if (!hour.matches("[0-9]{1,2}") || Integer.parseInt(hour) >= HOURS) {
                throw new IllegalArgumentException(
                        "deleteWhen: expected hours 0 to 23 separated by ';', such as 04 or 03;15, found '" + text
                                + "'");
            }
            parsed.hours.set(Integer.parseInt(hour));
        }
        return parsed;
    }

    boolean contains(long epochMs) {
        return hours.get(Instant.ofEpochMilli(epochMs).atZone(zone).getHour());
    }
}
