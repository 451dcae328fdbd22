package io.orbitmq.server.node;

import io.orbitmq.foundation.file.Disk;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.foundation.schedule.SystemScheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.nameserver.config.LoadedNameserver;
import io.orbitmq.nameserver.node.NameserverNode;
import java.io.Closeable;
import java.io.IOException;

/** A nameserver on this machine's clock and disk. */
public final class RunningNameserver implements Closeable {

    private final CloseStack parts;
    private final int port;

    private RunningNameserver(CloseStack parts, int port) {
        this.parts = parts;
        this.port = port;
    }

    /**
     * Starts.
     *
     * @throws IOException when its files cannot be read or written
     * @throws io.orbitmq.transport.server.ListenFailedException when the port cannot be bound
     */
    public static RunningNameserver start(LoadedNameserver loaded, Clock clock) throws IOException {
        CloseStack parts = new CloseStack();
        try {
            Disk disk = new SystemDisk();
            SystemScheduler scheduler = parts.add(new SystemScheduler("nameserver-timer"));
            NameserverNode node = parts.add(new NameserverNode(loaded, clock, scheduler, disk));
            return new RunningNameserver(parts, node.start());
        } catch (IOException | RuntimeException e) {
            StartFailure.closeAfter(e, parts);
            throw e;
        }
    }

    /** The bound port. */
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
