package io.orbitmq.transport.channel;

import io.netty.channel.Channel;

/**
 * Decides whether to read from one connection. Reading from a client pauses while the peer leaves its answers unread (more unsent
 * bytes than the high-water mark, protocol/01 section 7.4) and while the requests in work are larger than their bound;
 * it goes on by itself when that has passed. Belongs to the event loop.
 */
final class ReadGate {

    private final Channel channel;
    private final Outbound outbound;
    private final long maxInWorkBytes;
    private final boolean pausesOnUnsent;
    private final Traffic traffic;
    private long inWorkBytes;
    private boolean paused;
    private boolean shut;
    private boolean resumeScheduled;
    private Runnable resume = () -> {};

    ReadGate(Channel channel, Outbound outbound, Services services) {
        this.channel = channel;
        this.outbound = outbound;
        this.maxInWorkBytes = services.limits().maxInWorkBytes();
        this.pausesOnUnsent = services.pausesOnUnsent();
        this.traffic = services.traffic();
    }

    /** Sets what continues with bytes that were read but not decoded. */
    void onResume(Runnable task) {
        resume = task;
    }

    /** Whether the next frame may be taken; if not, reading pauses until {@code onResume} is run. */
    boolean mayTake() {
        if (paused || !channel.isActive()) {
            return false;
        }
        if (isUnread()) {
            outbound.flush();
        }
        if (shut || isUnread() || inWorkBytes > maxInWorkBytes) {
            paused = true;
            traffic.pauses.increment();
            channel.config().setAutoRead(false);
            return false;
        }
        return true;
    }

    boolean isPaused() {
        return paused;
    }

    long inWorkBytes() {
        return inWorkBytes;
    }

    void requestBegun(int frameBytes) {
        inWorkBytes += frameBytes;
    }

    void requestEnded(int frameBytes) {
        inWorkBytes -= frameBytes;
        if (paused) {
            reconsider();
        }
    }

    /** Something changed for the better: goes on reading, in a task of its own, if nothing else is in the way. */
    void reconsider() {
        if (paused && !resumeScheduled && isFree()) {
            resumeScheduled = true;
            channel.eventLoop().execute(this::tryResume);
        }
    }

    /** Never reads again. */
    void shut() {
        shut = true;
        channel.config().setAutoRead(false);
    }

    private void tryResume() {
        resumeScheduled = false;
        if (!paused || !isFree()) {
            return;
        }
        paused = false;
        resume.run();
        if (!paused) {
            channel.config().setAutoRead(true);
        }
    }

    private boolean isUnread() {
        return pausesOnUnsent && !channel.isWritable();
    }

    private boolean isFree() {
        return !shut && channel.isActive() && !isUnread() && inWorkBytes <= maxInWorkBytes / 2;
    }
}
