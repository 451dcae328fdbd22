package io.orbitmq.store.segment;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of segment files: names, lengths, creation and removal. Called by one thread at a time. */
final class SegmentDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentDirectory.class);
    private static final Pattern NAME = Pattern.compile("\\d{20}");

    private final Disk disk;
    private final Path directory;
    private final long segmentSizeBytes;

    SegmentDirectory(Disk disk, Path directory, long segmentSizeBytes) {
        this.disk = disk;
        this.directory = directory;
        this.segmentSizeBytes = segmentSizeBytes;
    }

    Path directory() {
        return directory;
    }

    long segmentSizeBytes() {
        return segmentSizeBytes;
    }

    /** Space of the partition that the directory is on. */
    Disk.Space space() throws IOException {
        return disk.space(directory);
    }

    /** Opens what is there, oldest first. The last file may be short or empty: its creation was interrupted. */
    List<Segment> openAll() throws IOException {
        disk.createDirectories(directory);
        List<Path> files = new ArrayList<>();
        for (Path path : disk.list(directory)) {
            if (NAME.matcher(path.getFileName().toString()).matches()) {
                files.add(path);
            }
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Path path = files.get(i);
            long start = Long.parseLong(path.getFileName().toString());
            if (i > 0 && start != segments.get(i - 1).endPosition()) {
                throw new CorruptLogException("The log has a gap: after " + files.get(i - 1) + " the file "
                        + name(segments.get(i - 1).endPosition()) + " was expected, found " + path
                        + ". Either a file was removed by hand or mappedFileSizeCommitLog=" + segmentSizeBytes
                        + " is not the size the store was written with."
                        + " Put the file back, correct the setting, or restore a backup.");
            }
            segments.add(openExisting(path, start, i == files.size() - 1));
        }
        return segments;
    }

    /** Creates the file with its full length; it is durable when this returns. */
    Segment create(long startPosition) throws IOException {
        Path path = directory.resolve(name(startPosition));
        DiskFile file = disk.open(path);
        try {
            file.setSize(segmentSizeBytes);
            file.force(true);
            disk.forceDirectory(directory);
        } catch (IOException e) {
            file.close();
            disk.delete(path);
            throw e;
        }
        return new Segment(path, startPosition, segmentSizeBytes, file);
    }

    /** Removes the files in the given order; each removal is durable before the next, so that no gap can remain. */
    void delete(List<Segment> segments) throws IOException {
        for (Segment segment : segments) {
            segment.close();
            disk.delete(segment.path());
            disk.forceDirectory(directory);
        }
    }

    /** Makes durable which files there are: none that was removed comes back. */
    void force() throws IOException {
        disk.forceDirectory(directory);
    }

    static String name(long startPosition) {
        return String.format("%020d", startPosition);
    }

    private Segment openExisting(Path path, long start, boolean last) throws IOException {
        DiskFile file = disk.open(path);
        long size = file.size();
        if (size != segmentSizeBytes) {
            if (!last || size > segmentSizeBytes) {
                file.close();
                throw new CorruptLogException("The log file " + path + " has " + size + " bytes, expected "
                        + segmentSizeBytes + " (mappedFileSizeCommitLog). Set mappedFileSizeCommitLog to the size the"
                        + " store was written with, or restore the file from a backup.");
            }
            LOG.warn(
                    "event=short-segment-extended file={} found-bytes={} expected-bytes={}",
                    path,
                    size,
                    segmentSizeBytes);
            file.setSize(segmentSizeBytes);
            file.force(true);
        }
        return new Segment(path, start, segmentSizeBytes, file);
    }
}
