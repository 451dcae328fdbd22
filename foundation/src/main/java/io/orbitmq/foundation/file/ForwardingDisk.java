package io.orbitmq.foundation.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk that hands every call to another: the base of disks that count, time or break something, which override what they
 * look at, usually {@link #open} with a {@link ForwardingDiskFile}. Threads and errors are those of the other disk.
 */
public abstract class ForwardingDisk implements Disk {

    private final Disk disk;

    /** @param disk gets the calls */
    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        return disk.open(path);
    }

    @Override
    public DiskFile openReadOnly(Path path) throws IOException {
        return disk.openReadOnly(path);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public Space space(Path path) throws IOException {
        return disk.space(path);
    }

    @Override
    public AutoCloseable lock(Path path) throws IOException {
        return disk.lock(path);
    }
}
