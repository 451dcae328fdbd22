package io.orbitmq.server.demo;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows how far sending and receiving are. On a terminal one line is drawn again and again; elsewhere a line is printed
 * about once a second. One thread.
 */
final class ProgressLine {

    private static final int BAR_WIDTH = 24;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long PLAIN_PERIOD_NANOS = 1_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final int total;
    private final long begunNanos;
    private long printedNanos;

    ProgressLine(PrintStream out, boolean terminal, int total, long nowNanos) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
        this.begunNanos = nowNanos;
        this.printedNanos = nowNanos;
    }

    void show(int sent, int received, long nowNanos) {
        if (terminal) {
            out.print("\r" + text(sent, received, nowNanos));
            out.flush();
        } else if (nowNanos - printedNanos >= PLAIN_PERIOD_NANOS) {
            printedNanos = nowNanos;
            out.println(text(sent, received, nowNanos));
        }
    }

    /** Draws the last state and ends the line. */
    void finish(int sent, int received, long nowNanos) {
        out.println((terminal ? "\r" : "") + text(sent, received, nowNanos));
    }

    private String text(int sent, int received, long nowNanos) {
        double seconds = Math.max(1e-9, (nowNanos - begunNanos) / NANOS_PER_SECOND);
        int filled = (int) ((long) BAR_WIDTH * received / total);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3d%%  sent %,9d (%,8.0f/s)  received %,9d (%,8.0f/s)",
                "#".repeat(filled),
                ".".repeat(BAR_WIDTH - filled),
                100L * received / total,
                sent,
                sent / seconds,
                received,
                received / seconds);
    }
}
