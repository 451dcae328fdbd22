package io.orbitmq.store.recovery;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.RecordVerdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the checkpoints of a store say of its log: for checking a store that nobody has open. Changes nothing. Judges
 * records as {@link Recovery} would that had read the whole log. One thread.
 */
public final class CheckpointAudit {

    private static final Pattern NAME = Pattern.compile("checkpoint-\\d{20}");

    private final List<Path> damaged;
    private final int sound;
    private final Checkpoint newest;
    /** Behind this the checkpoint knows nothing of the records. */
    private final long sealKnownTo;

    private final SealCheck behind = new SealCheck(Long.MAX_VALUE);

    private CheckpointAudit(List<Path> damaged, List<Checkpoint> soundOldestFirst, boolean crashed) {
        this.damaged = damaged;
        this.sound = soundOldestFirst.size();
        this.newest = sound == 0 ? Checkpoint.none(0) : soundOldestFirst.get(sound - 1);
        // whoever appended behind an orderly stop was another program, which seals nothing
        boolean clean = newest.clean() && !crashed;
        this.sealKnownTo = !newest.exists() || clean ? newest.position() : Long.MAX_VALUE;
    }

    /** @param root the store's root directory */
    public static CheckpointAudit read(Disk disk, Path root) throws IOException {
        List<Path> damaged = new ArrayList<>();
        List<Checkpoint> sound = new ArrayList<>();
        for (Path path : disk.list(root.resolve("orbitmq").resolve("checkpoints"))) {
            if (NAME.matcher(path.getFileName().toString()).matches()) {
                decode(disk, path).ifPresentOrElse(sound::add, () -> damaged.add(path));
            }
        }
        return new CheckpointAudit(damaged, sound, new AbortMarker(disk, root).exists());
    }

    private static Optional<Checkpoint> decode(Disk disk, Path path) throws IOException {
        try (DiskFile file = disk.openReadOnly(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(0, bytes);
            return CheckpointCodec.decode(bytes.flip());
        }
    }

    /** Files that are not what was written. */
    public List<Path> damaged() {
        return List.copyOf(damaged);
    }

    /** How many sound ones there are. */
    public int sound() {
        return sound;
    }

    /** Everything in the log before this was on disk for certain; 0 without a sound checkpoint. */
    public long durableEnd() {
        return newest.durableEnd();
    }

    /** Judges the bytes at {@code base}; to be asked in log order. */
    public RecordVerdict verify(ByteBuffer buffer, int base, long position) {
        if (position >= sealKnownTo) {
            return behind.verify(buffer, base, position);
        }
        return position >= newest.sealedFrom()
                ? MessageRecord.verifySealed(buffer, base, position)
                : MessageRecord.verify(buffer, base, position);
    }
}
