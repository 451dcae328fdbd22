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
 * fetches from its host at ten times the cost.
 *
 * <p>The pages lie scattered, and one in sixteen stays when the kernel takes the others back. Otherwise it would free them in
 * large pieces, and a virtual machine that reports large free pieces to its host loses them at once: whoever writes at a steady
 * pace would get untouched memory for ever.
 *
 * <p>The files are sparse, so they take no room on the disk, and have no name any more once they are open, so nothing stays
 * behind however this process ends. Not safe for concurrent use.
 */
public final class PageCacheFill implements AutoCloseable {

    /** What stays free: about what the kernel keeps free by itself. */
    static final long LEFT_FREE_BYTES = 256L << 20;

    /** Less than this is not worth a file. */
    static final long LEAST_FILL_BYTES = 300L << 20;

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final int PAGE_BYTES = 4096;
    /** Only every second page of a file is read: to the kernel these are single reads, which get single pages of memory. */
    private static final int STRIDE_BYTES = 2 * PAGE_BYTES;
    /** Of so many pages one is read twice, so that the kernel takes it for one in use. */
    private static final int PAGES_A_SURVIVOR = 16;

    private final Path directory;
    private final Path memory;
    private final List<RandomAccessFile> files = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PAGE_BYTES);

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
        long pages = bytes / PAGE_BYTES;
        file.setLength(pages * STRIDE_BYTES);
        for (long page = 0; page < pages; page++) {
            read(file, page);
            if (page % PAGES_A_SURVIVOR == PAGES_A_SURVIVOR - 1) {
                read(file, page - 1);
            }
        }
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

    private void read(RandomAccessFile file, long page) throws IOException {
        buffer.clear();
        file.getChannel().read(buffer, page * STRIDE_BYTES);
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
