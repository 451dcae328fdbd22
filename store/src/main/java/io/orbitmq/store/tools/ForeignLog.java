package io.orbitmq.store.tools;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of a store that Apache RocketMQ wrote, as far as names and lengths of its files tell; no record is read, so
 * this is quick however long the log is.
 *
 * @param directory [storePathCommitLog]
 * @param segments oldest first
 * @param space of the partition
 */
public record ForeignLog(Path directory, List<SegmentFile> segments, Disk.Space space) {

    private static final String SEGMENT_NAME = "\\d{20}";
    private static final long MEBIBYTE = 1 << 20;

    public ForeignLog {
        segments = List.copyOf(segments);
    }

    /**
     * A file of the log.
     *
     * @param position of its first byte in the log
     */
    public record SegmentFile(long position, long sizeBytes) {

        private String name() {
            return String.format("%020d", position);
        }
    }

    /**
     * Looks at the log's directory; reads only.
     *
     * @param root the store's root directory, which exists
     * @param directory [storePathCommitLog]; need not exist
     */
    public static ForeignLog look(Disk disk, Path root, Path directory) throws IOException {
        List<SegmentFile> segments = new ArrayList<>();
        for (Path path : disk.list(directory)) {
            String name = path.getFileName().toString();
            if (name.matches(SEGMENT_NAME)) {
                try (DiskFile file = disk.openReadOnly(path)) {
                    segments.add(new SegmentFile(Long.parseLong(name), file.size()));
                }
            }
        }
        return new ForeignLog(directory, segments, disk.space(disk.exists(directory) ? directory : root));
    }

    /**
     * The log as text for people.
     *
     * @param segmentSizeBytes [mappedFileSizeCommitLog] of the broker that is to open it
     */
    public String report(long segmentSizeBytes) {
        StringBuilder text = new StringBuilder();
        text.append("log               ").append(directory).append('\n');
        text.append("  segments        ").append(segments.size()).append('\n');
        if (!segments.isEmpty()) {
            SegmentFile last = segments.get(segments.size() - 1);
            text.append("  positions       ").append(segments.get(0).position());
            text.append(" to ").append(last.position() + last.sizeBytes());
            text.append(", where the last file ends; its records may end before\n");
            text.append("  records         not counted, for the whole log would have to be read: store verify does\n");
            text.append("  segment size    ")
                    .append(segments.get(0).sizeBytes())
                    .append(" bytes\n");
        }
        text.append("  opening         ").append(opening(segmentSizeBytes)).append('\n');
        text.append("  disk            ")
                .append(Math.round(space.usedRatio() * 100))
                .append(" % full, ");
        text.append(space.usableBytes() / MEBIBYTE).append(" MiB left\n");
        return text.toString();
    }

    /** What opening does with these files: as it is, extends, begins or refuses; with the reason. */
    private String opening(long segmentSizeBytes) {
        if (segments.isEmpty()) {
            return "begins an empty log; name the log's directory with storePathCommitLog if it is elsewhere";
        }
        for (int i = 0; i < segments.size(); i++) {
            SegmentFile segment = segments.get(i);
            long expected = segments.get(0).position() + i * segmentSizeBytes;
            if (segment.position() != expected) {
                return "refuses: segment " + String.format("%020d", expected) + " is missing, the next is "
                        + segment.name();
            }
            if (segment.sizeBytes() != segmentSizeBytes) {
                return ofOtherSize(segment, i == segments.size() - 1, segmentSizeBytes);
            }
        }
        return "as it is, mappedFileSizeCommitLog=" + segmentSizeBytes + " fits";
    }

    private String ofOtherSize(SegmentFile segment, boolean last, long segmentSizeBytes) {
        String length =
                segment.name() + " has " + segment.sizeBytes() + " bytes, mappedFileSizeCommitLog=" + segmentSizeBytes;
        String advice = segment.equals(segments.get(0))
                ? "; set mappedFileSizeCommitLog=" + segment.sizeBytes() + ", the size the log was written with"
                : "";
        boolean extended = last && segment.sizeBytes() < segmentSizeBytes;
        return (extended ? "extends the last segment: " : "refuses: segment ") + length + advice;
    }
}
