package io.orbitmq.compat.server;

import java.nio.file.Path;

/** A store that the official 5.3.3 broker writes, and another server then opens; removed when this is closed. */
public final class OfficialStore implements AutoCloseable {

    private final OfficialServer writer;
    private final ServerPlan plan;

    private OfficialStore(ServerPlan plan) {
        this.plan = plan;
        this.writer = new OfficialServer(plan);
    }

    /** Starts the broker that writes it. */
    public static OfficialStore begin(ServerPlan plan) {
        return new OfficialStore(plan);
    }

    /** The broker that writes it. */
    public TestServer writer() {
        return writer;
    }

    /** The store's root directory. */
    public Path directory() {
        return writer.store();
    }

    /** Ends the broker in order; its name server goes on. */
    public void stop() {
        writer.stop();
    }

    /** Ends the broker as {@code kill -9} does. */
    public void kill() {
        writer.kill();
    }

    /** How to open the store at the address the broker had, which the messages' ids name. */
    public ServerPlan successor() {
        String port = writer.broker().substring(writer.broker().lastIndexOf(':') + 1);
        return plan.with("listenPort", port)
                .with("storePathRootDir", directory().toString())
                .with("storePathCommitLog", directory().resolve("commitlog").toString());
    }

    @Override
    public void close() {
        writer.close();
    }
}
