package io.orbitmq.protocol.message;

import io.orbitmq.foundation.time.Clock;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes client message ids (protocol/03 section 5), distinct within one process. Safe for any thread. */
public final class UniqueKeyGenerator {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = 6;

    private final byte[] prefix;
    private final Clock clock;
    private final ZoneId zone;
    private final AtomicInteger counter = new AtomicInteger();
    private volatile Month month;

    /**
     * @param address this host's, best one that others know it by
     * @param processId its low 16 bits are used
     * @param processConstant tells processes apart that share address and id, in containers for example
     * @param zone decides when a month begins
     */
    public UniqueKeyGenerator(InetAddress address, long processId, int processConstant, Clock clock, ZoneId zone) {
        byte[] ip = address.getAddress();
        byte[] raw = ByteBuffer.allocate(ip.length + 6)
                .put(ip)
                .putShort((short) processId)
                .putInt(processConstant)
                .array();
        this.prefix = new byte[raw.length * 2];
        for (int i = 0; i < raw.length; i++) {
            writeHex(prefix, 2 * i, raw[i]);
        }
        this.clock = clock;
        this.zone = zone;
        this.month = monthOf(clock.epochMs());
    }

    /** A new id. */
    public String next() {
        long now = clock.epochMs();
        Month current = month;
        if (now < current.startMs || now >= current.endMs) {
            current = monthOf(now);
            month = current;
        }
        int monthMs = (int) (now - current.startMs);
        int count = counter.getAndIncrement();
        byte[] text = new byte[prefix.length + 2 * TAIL_BYTES];
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        int at = prefix.length;
        for (int shift = 24; shift >= 0; shift -= 8, at += 2) {
            writeHex(text, at, monthMs >>> shift);
        }
        writeHex(text, at, count >>> 8);
        writeHex(text, at + 2, count);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private Month monthOf(long epochMs) {
        ZonedDateTime start = UniqueKey.monthStart(epochMs, zone);
        return new Month(
                start.toInstant().toEpochMilli(),
                start.plusMonths(1).toInstant().toEpochMilli());
    }

    private static void writeHex(byte[] target, int at, int value) {
        target[at] = HEX[value >>> 4 & 0xF];
        target[at + 1] = HEX[value & 0xF];
    }

    private record Month(long startMs, long endMs) {}
}
