package io.orbitmq.server.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a drain did.
 *
 * @param queues one line per source queue
 * @param repeatedSends sends that were made again, each of which may have stored a message twice
 * @param tookNanos from begin to end
 */
public record DrainReport(List<Line> queues, int repeatedSends, long tookNanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    public DrainReport {
        queues = List.copyOf(queues);
    }

    /**
     * One source queue.
     *
     * @param fromOffset where this run began
     * @param toOffset where the next run would begin
     * @param forwarded messages stored in the target
     * @param gone messages that retention had deleted
     */
    public record Line(String broker, int queueId, long fromOffset, long toOffset, long forwarded, long gone) {}

    static DrainReport of(List<SourceQueue> sources, int repeatedSends, long tookNanos) {
        List<Line> lines = new ArrayList<>();
        for (SourceQueue source : sources) {
            lines.add(new Line(
                    source.broker(),
                    source.queueId(),
                    source.firstOffset(),
                    source.nextOffset(),
                    source.forwarded(),
                    source.gone()));
        }
        return new DrainReport(lines, repeatedSends, tookNanos);
    }

    public long forwarded() {
        return queues.stream().mapToLong(Line::forwarded).sum();
    }

    public long gone() {
        return queues.stream().mapToLong(Line::gone).sum();
    }

    /** For a person, the total last. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-24s %14s %14s %14s %8s", "queue", "from", "to", "forwarded", "gone"));
        for (Line line : queues) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-24s %14d %14d %14d %8d",
                    line.broker() + " " + line.queueId(),
                    line.fromOffset(),
                    line.toOffset(),
                    line.forwarded(),
                    line.gone()));
        }
        lines.add(String.format(
                Locale.ROOT,
                "Forwarded %d messages from %d queues in %.1f s; %d were deleted before they could be read, %d sends"
                        + " were repeated.",
                forwarded(),
                queues.size(),
                tookNanos / NANOS_PER_SECOND,
                gone(),
                repeatedSends));
        return lines;
    }
}
