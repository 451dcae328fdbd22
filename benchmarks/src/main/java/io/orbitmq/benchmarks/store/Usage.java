package io.orbitmq.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this process has used so far.
 *
 * @param threadNanos processor time of the calling thread
 * @param threadUserNanos the part of it that was not spent in the kernel
 * @param processNanos processor time of all threads
 * @param threadBytes heap the calling thread has allocated
 * @param writtenBytes handed to the file system in writes; 0 where Linux does not tell
 */
record Usage(long threadNanos, long threadUserNanos, long processNanos, long threadBytes, long writtenBytes) {

    static Usage now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Usage(
                threads.getCurrentThreadCpuTime(),
                threads.getCurrentThreadUserTime(),
                system.getProcessCpuTime(),
                threads.getThreadAllocatedBytes(Thread.currentThread().getId()),
                written());
    }

    Usage since(Usage earlier) {
        return new Usage(
                threadNanos - earlier.threadNanos,
                threadUserNanos - earlier.threadUserNanos,
                processNanos - earlier.processNanos,
                threadBytes - earlier.threadBytes,
                writtenBytes - earlier.writtenBytes);
    }

    private static long written() {
        Path counters = Path.of("/proc/self/io");
        if (!Files.isReadable(counters)) {
            return 0;
        }
        try {
            List<String> lines = Files.readAllLines(counters);
            return lines.stream()
                    .filter(line -> line.startsWith("wchar: "))
                    .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
