package io.orbitmq.protocol.message;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A decoded client message id, property {@code UNIQ_KEY} (protocol/03 section 5): 32 hexadecimal digits with an IPv4
 * address, 56 with IPv6.
 *
 * @param address the sender's
 * @param processId low 16 bits
 * @param processConstant the same for all ids of one process
 * @param monthMs milliseconds since the month began, in the sender's time zone; 32 bits, unsigned from the 25th day on
 * @param counter low 16 bits
 */
public record UniqueKey(InetAddress address, int processId, int processConstant, long monthMs, int counter) {

    private static final int TAIL_BYTES = 12;
    private static final int IPV6_BYTES = 16;

    /** The parts of {@code text}; empty when it is not such an id. Ids may be anything the producer liked. */
    public static Optional<UniqueKey> decode(String text) {
        int bytes = text.length() / 2;
        if (text.length() % 2 != 0 || bytes != TAIL_BYTES + Integer.BYTES && bytes != TAIL_BYTES + IPV6_BYTES) {
            return Optional.empty();
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(text));
            byte[] ip = new byte[bytes - TAIL_BYTES];
            in.get(ip);
            return Optional.of(new UniqueKey(
                    InetAddress.getByAddress(ip),
                    Short.toUnsignedInt(in.getShort()),
                    in.getInt(),
                    Integer.toUnsignedLong(in.getInt()),
                    Short.toUnsignedInt(in.getShort())));
        } catch (IllegalArgumentException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** When the id was made: in this month, or in the last one when that would lie in the future. */
    public long epochMs(long nowMs, ZoneId zone) {
        long thisMonth = monthStart(nowMs, zone).toInstant().toEpochMilli() + monthMs;
        return thisMonth <= nowMs
                ? thisMonth
                : monthStart(nowMs, zone).minusMonths(1).toInstant().toEpochMilli() + monthMs;
    }

    static ZonedDateTime monthStart(long epochMs, ZoneId zone) {
        return Instant.ofEpochMilli(epochMs).atZone(zone).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
    }
}
