package io.orbitmq.store.index;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.CRC32C;

/**
 * The catalogue of an index: an append-only file of batches, each durable before the call returns. A batch that a crash
 * cut off at the end never happened.
 *
 * <pre>
 * piece: magic 4 | 1 when the batch ends here, else 0 4 | length of entries 4 | CRC32C of the entries 4 | entries
 * </pre>
 *
 * Begun anew under the next number when it has grown; the new file gets its name when it is complete. One thread.
 */
final class IndexJournal implements AutoCloseable {

    private static final int MAGIC = 0x4F4D514A;
    private static final int HEADER_BYTES = 16;
    private static final String SUFFIX = ".journal";

    private final Disk disk;
    private final Path directory;
    private long number;
    private DiskFile file;
    private long end;

    private IndexJournal(Disk disk, Path directory, long number, DiskFile file) {
        this.disk = disk;
        this.directory = directory;
        this.number = number;
        this.file = file;
    }

    /** Opens the newest journal in the directory and replays it; with none, begins an empty one. */
    static IndexJournal open(Disk disk, Path directory, JournalReplay replay) throws IOException {
        long newest = newest(disk, directory);
        for (Path path : disk.list(directory)) {
            if (path.toString().endsWith(SUFFIX) && !path.equals(path(directory, newest))) {
                disk.delete(path);
            }
        }
        if (newest == 0) {
            IndexJournal journal = new IndexJournal(disk, directory, 1, disk.open(path(directory, 1)));
            disk.forceDirectory(directory);
            return journal;
        }
        IndexJournal journal = new IndexJournal(disk, directory, newest, disk.open(path(directory, newest)));
        try {
            journal.replay(replay);
            journal.cutTornEnd();
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
        return journal;
    }

    /** Replays the newest journal in the directory, if there is one, and changes nothing. */
    static void read(Disk disk, Path directory, JournalReplay replay) throws IOException {
        long newest = newest(disk, directory);
        if (newest > 0) {
            try (IndexJournal journal =
                    new IndexJournal(disk, directory, newest, disk.openReadOnly(path(directory, newest)))) {
                journal.replay(replay);
            }
        }
    }

    /** Bytes of sound batches. */
    long sizeBytes() {
        return end;
    }

    void append(JournalBatch batch) throws IOException {
        long at = write(file, end, batch);
        file.force(true);
        end = at;
    }

    /** Replaces the file by one that consists of {@code batches}. */
    void beginAnew(Iterator<JournalBatch> batches) throws IOException {
        Path next = path(directory, number + 1);
        Path temporary = next.resolveSibling(next.getFileName() + ".tmp");
        disk.delete(temporary);
        long at = 0;
        try (DiskFile fresh = disk.open(temporary)) {
            while (batches.hasNext()) {
                at = write(fresh, at, batches.next());
            }
            fresh.force(true);
        }
        disk.rename(temporary, next);
        disk.forceDirectory(directory);
        file.close();
        disk.delete(path(directory, number));
        number++;
        file = disk.open(next);
        end = at;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void replay(JournalReplay replay) throws IOException {
        long size = file.size();
        long committed = 0;
        long at = 0;
        for (Piece piece = pieceAt(0, size); piece != null; piece = pieceAt(at, size)) {
            at += HEADER_BYTES + piece.entries().limit();
            committed = piece.endsBatch() ? at : committed;
        }
        while (end < committed) {
            Piece piece = pieceAt(end, committed);
            if (piece == null) {
                throw new DamagedIndexException("the index journal in " + directory
                        + " changed while it was read; it will be rebuilt from the log");
            }
            end += HEADER_BYTES + piece.entries().limit();
            replay.apply(piece.entries());
        }
    }

    private void cutTornEnd() throws IOException {
        if (end < file.size()) {
            file.setSize(end);
            file.force(true);
        }
    }

    private record Piece(ByteBuffer entries, boolean endsBatch) {}

    /** The sound piece at {@code at}, or null. */
    private Piece pieceAt(long at, long size) throws IOException {
        if (at + HEADER_BYTES > size) {
            return null;
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        file.read(at, header);
        header.flip();
        int magic = header.getInt();
        boolean endsBatch = header.getInt() == 1;
        int length = header.getInt();
        if (magic != MAGIC || length < 0 || at + HEADER_BYTES + length > size) {
            return null;
        }
        ByteBuffer entries = ByteBuffer.allocate(length);
        file.read(at + HEADER_BYTES, entries);
        entries.flip();
        return crc(entries, endsBatch) == header.getInt() ? new Piece(entries, endsBatch) : null;
    }

    private static long write(DiskFile target, long position, JournalBatch batch) throws IOException {
        long at = position;
        for (Iterator<ByteBuffer> pieces = batch.pieces().iterator(); pieces.hasNext(); ) {
            ByteBuffer entries = pieces.next();
            boolean endsBatch = !pieces.hasNext();
            ByteBuffer piece = ByteBuffer.allocate(HEADER_BYTES + entries.remaining());
            piece.putInt(MAGIC)
                    .putInt(endsBatch ? 1 : 0)
                    .putInt(entries.remaining())
                    .putInt(crc(entries, endsBatch));
            piece.put(entries.duplicate()).flip();
            int bytes = piece.remaining();
            target.write(at, piece);
            at += bytes;
        }
        return at;
    }

    private static int crc(ByteBuffer entries, boolean endsBatch) {
        CRC32C crc = new CRC32C();
        crc.update(endsBatch ? 1 : 0);
        crc.update(entries.duplicate());
        return (int) crc.getValue();
    }

    /** The number of the newest journal; 0 when there is none. */
    private static long newest(Disk disk, Path directory) throws IOException {
        long newest = 0;
        for (Path path : disk.list(directory)) {
            String name = path.getFileName().toString();
            if (name.endsWith(SUFFIX)) {
                newest = Math.max(newest, Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
            }
        }
        return newest;
    }

    private static Path path(Path directory, long number) {
        return directory.resolve(String.format("%016d%s", number, SUFFIX));
    }
}
