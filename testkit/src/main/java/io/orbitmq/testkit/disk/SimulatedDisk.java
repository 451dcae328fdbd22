package io.orbitmq.testkit.disk;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.DiskFile;
import io.orbitmq.testkit.Dice;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A {@link Disk} in memory with a will of its own. After {@link #crash} only what was forced is certain: any other sector
 * is lost or kept, any other directory change too, as the seed decides. Faults are switched on by the test; every
 * operation that changes something counts as one step, and {@link #crashAtStep} stops the machine at one of them.
 */
public final class SimulatedDisk implements Disk {

    private static final int SECTOR_BYTES = FileContent.SECTOR_BYTES;

    /** Not that of whoever drives the disk with the same seed. */
    private static final int DICE_STREAM = 1;

    private final Random chance;
    private final DirectoryEntries entries = new DirectoryEntries();
    private final Set<Path> directories = new HashSet<>();
    private final Set<Path> locks = new HashSet<>();
    private long capacityBytes = Long.MAX_VALUE;
    private boolean readOnly;
    private int failingWrites;
    private int failingForces;
    private long steps;
    private long crashStep = Long.MAX_VALUE;
    private int epoch;

    public SimulatedDisk(long seed) {
        this.chance = Dice.of(seed, DICE_STREAM);
    }

    /** Steps made so far. */
    public synchronized long steps() {
        return steps;
    }

    /** The machine loses power when step number {@code step} is made: it throws {@link SimulatedCrash}. */
    public synchronized void crashAtStep(long step) {
        crashStep = step;
    }

    /** Loses power: what was not forced is lost or kept by chance, open files and locks are gone. */
    public synchronized void crash() {
        FileContent.Fate[] fates = FileContent.Fate.values();
        FileContent.Fate fate = fates[chance.nextInt(fates.length)];
        entries.crash(chance);
        entries.all().forEach(content -> content.crash(chance, fate));
        locks.clear();
        crashStep = Long.MAX_VALUE;
        epoch++;
    }

    /** The process dies, the machine lives: nothing is lost but open files and locks. */
    public synchronized void killProcess() {
        locks.clear();
        crashStep = Long.MAX_VALUE;
        epoch++;
    }

    /** The next {@code count} writes fail with an I/O error after writing some of their bytes. */
    public synchronized void failNextWrites(int count) {
        failingWrites = count;
    }

    /** The next {@code count} forces fail; what they should have stored is stored in part and forgotten. */
    public synchronized void failNextForces(int count) {
        failingForces = count;
    }

    /** No more than this can be stored; the rest fails with "No space left on device". */
    public synchronized void setCapacity(long bytes) {
        capacityBytes = bytes;
    }

    /** Everything that changes something fails. */
    public synchronized void setReadOnly(boolean on) {
        readOnly = on;
    }

    /** Turns one bit of a stored byte. */
    public synchronized void flipBit(Path path, long position, int bit) {
        entries.get(path).flipBit((int) position, bit);
    }

    /** The file's bytes as they are shown. */
    public synchronized byte[] bytes(Path path) {
        return entries.get(path).bytes();
    }

    /** Space that files take. */
    public synchronized long usedBytes() {
        long sectors = 0;
        for (FileContent content : entries.all()) {
            sectors += content.allocatedSectors();
        }
        return sectors * SECTOR_BYTES;
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        for (Path each = directory; each != null && directories.add(each); each = each.getParent()) {
            // every missing parent
        }
    }

    @Override
    public synchronized List<Path> list(Path directory) {
        List<Path> found = new ArrayList<>(entries.in(directory));
        for (Path each : directories) {
            if (directory.equals(each.getParent())) {
                found.add(each);
            }
        }
        found.sort(null);
        return found;
    }

    @Override
    public synchronized boolean exists(Path path) {
        return entries.get(path) != null || directories.contains(path);
    }

    @Override
    public synchronized DiskFile open(Path path) throws IOException {
        FileContent content = entries.get(path);
        if (content == null) {
            changeStep("create " + path);
            if (!directories.contains(path.getParent())) {
                throw new NoSuchFileException(path.toString(), null, "its directory does not exist");
            }
            content = new FileContent();
            entries.create(path, content);
        }
        return new SimulatedFile(this, path, content, epoch, true);
    }

    @Override
    public synchronized DiskFile openReadOnly(Path path) throws IOException {
        FileContent content = entries.get(path);
        if (content == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new SimulatedFile(this, path, content, epoch, false);
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        changeStep("delete " + path);
        entries.delete(path);
        directories.remove(path);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        changeStep("rename " + from + " to " + to);
        if (entries.get(from) == null) {
            throw new NoSuchFileException(from.toString());
        }
        entries.rename(from, to);
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        changeStep("force directory " + directory);
        failForceIfAsked();
        entries.force(directory);
    }

    @Override
    public synchronized Space space(Path path) {
        long total = capacityBytes == Long.MAX_VALUE ? 1L << 40 : capacityBytes;
        return new Space(total, Math.max(0, total - usedBytes()));
    }

    @Override
    public synchronized AutoCloseable lock(Path path) throws IOException {
        if (!locks.add(path)) {
            throw new IOException("The file " + path + " is locked by another running process."
                    + " Stop that process or use another data directory.");
        }
        int lockEpoch = epoch;
        return () -> unlock(path, lockEpoch);
    }

    private synchronized void unlock(Path path, int lockEpoch) {
        if (lockEpoch == epoch) {
            locks.remove(path);
        }
    }

    void write(SimulatedFile file, int position, byte[] bytes) throws IOException {
        try {
            step("write " + file);
        } catch (SimulatedCrash e) {
            file.content().write(position, bytes);
            throw e;
        }
        checkWritable();
        int fresh = file.content().sectorsToAllocate(position, bytes.length);
        if (usedBytes() + (long) fresh * SECTOR_BYTES > capacityBytes) {
            throw new IOException("No space left on device");
        }
        if (failingWrites > 0) {
            failingWrites--;
            byte[] some = new byte[chance.nextInt(bytes.length + 1)];
            System.arraycopy(bytes, 0, some, 0, some.length);
            file.content().write(position, some);
            throw new IOException("Input/output error");
        }
        file.content().write(position, bytes);
    }

    void force(SimulatedFile file) throws IOException {
        changeStep("force " + file);
        if (failingForces > 0) {
            file.content().forceFailing(chance);
        }
        failForceIfAsked();
        file.content().force();
    }

    void setSize(SimulatedFile file, int size) throws IOException {
        changeStep("set size of " + file);
        file.content().setSize(size);
    }

    /** Counts a step that changes something. */
    private void changeStep(String operation) throws IOException {
        step(operation);
        checkWritable();
    }

    private void step(String operation) {
        if (++steps >= crashStep) {
            throw new SimulatedCrash(operation);
        }
    }

    private void checkWritable() throws IOException {
        if (readOnly) {
            throw new IOException("Read-only file system");
        }
    }

    private void failForceIfAsked() throws IOException {
        if (failingForces > 0) {
            failingForces--;
            throw new IOException("Input/output error");
        }
    }

    int epoch() {
        return epoch;
    }
}
