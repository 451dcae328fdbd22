package io.orbitmq.foundation.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A {@link DiskFile} on a {@link FileChannel}. */
final class ChannelFile implements DiskFile {

    private static final ByteBuffer ONE_ZERO_BYTE = ByteBuffer.allocateDirect(1);

    private final FileChannel channel;

    ChannelFile(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int read = channel.read(target, position + total);
            if (read < 0) {
                break;
            }
            total += read;
        }
        return total;
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += channel.write(source, at);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        channel.force(metadata);
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void setSize(long sizeBytes) throws IOException {
        long size = channel.size();
        if (sizeBytes < size) {
            channel.truncate(sizeBytes);
        } else if (sizeBytes > size) {
            channel.write(ONE_ZERO_BYTE.duplicate(), sizeBytes - 1);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
