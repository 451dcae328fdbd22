package io.orbitmq.benchmarks.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Fills the machine's free memory with clean pages of files, as on a machine that has been running for hours: a server then
 * gets memory that the kernel takes back from those pages instead of memory nobody has touched yet, which a virtual machine
 * fetches from its host at several times the cost. The files are sparse, so they take no room on the disk, and have no name
 * any more once they are open, so nothing stays behind however this process ends. Not safe for concurrent use.
 */
public final class PageCacheFill implements AutoCloseable {

    /** What stays free: enough that the kernel does not begin to look for memory by itself. */
    static final long LEFT_FREE_BYTES = 700L << 20;

    /** Less than this is not worth a file. */
    static final long LEAST_FILL_BYTES = 300L << 20;

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final int READ_BYTES = 1 << 20;

    private final Path directory;
    private final Path memory;
    private final List<RandomAccessFile> files = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);

    private PageCacheFill(Path directory, Path memory) {
        this.directory = directory;
        this.memory = memory;
    }

    /** @param directory where the files are; on a disk, not in memory */
    public static PageCacheFill in(Path directory) {
        return new PageCacheFill(directory, MEMORY);
    }

    static PageCacheFill in(Path directory, Path memory) {
        return new PageCacheFill(directory, memory);
    }

    /** Whether this machine tells how much memory is free; where it does not, filling does nothing. */
    public boolean isPossible() {
        return Files.isReadable(memory);
    }

    /**
     * Fills what is free by now.
     *
     * @return bytes that were filled; 0 when there was too little free, or this is not {@linkplain #isPossible possible}
     */
    public long fill() throws IOException {
        long bytes = freeBytes().orElse(0) - LEFT_FREE_BYTES;
        if (bytes < LEAST_FILL_BYTES) {
            return 0;
        }
        RandomAccessFile file = nameless();
        files.add(file);
        file.setLength(bytes);
        read(file);
        return bytes;
    }

    private RandomAccessFile nameless() throws IOException {
        Path path = Files.createTempFile(Files.createDirectories(directory), "bench-page-cache", "");
        try {
            return new RandomAccessFile(path.toFile(), "rw");
        } finally {
            Files.delete(path);
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() throws IOException {
        for (RandomAccessFile file : files) {
            file.close();
        }
        files.clear();
    }

    private void read(RandomAccessFile file) throws IOException {
        int read;
        do {
            buffer.clear();
            read = file.getChannel().read(buffer);
        } while (read > 0);
    }

    private OptionalLong freeBytes() throws IOException {
        if (!isPossible()) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(memory, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("MemFree:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst();
        }
    }
}
