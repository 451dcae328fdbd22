package io.orbitmq.transport.channel;

import io.netty.channel.EventLoop;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.CallFailedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Our calls over one connection that wait for their answers, by opaque. Belongs to the connection's event loop, except
 * {@link #reserve}. One timer per connection, set to the earliest deadline.
 */
final class PendingCalls {

    private static final long SWEEP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final EventLoop eventLoop;
    private final Clock clock;
    private final int maxCalls;
    private final Traffic traffic;
    private final AtomicInteger reserved = new AtomicInteger();
    private final IntObjectMap<Waiting> waiting = new IntObjectHashMap<>();
    private int nextOpaque;
    private Future<?> sweep;
    private long sweepAtNanos;

    PendingCalls(EventLoop eventLoop, Services services) {
        this.eventLoop = eventLoop;
        this.clock = services.clock();
        this.maxCalls = services.limits().maxCalls();
        this.traffic = services.traffic();
    }

    private record Waiting(CompletableFuture<Command> answer, long deadlineNanos, int code) {}

    /** Takes one of the places for calls; false when all are taken. Any thread. */
    boolean reserve() {
        if (reserved.incrementAndGet() <= maxCalls) {
            return true;
        }
        reserved.decrementAndGet();
        return false;
    }

    /** Gives a place back that {@link #add} did not use. Any thread. */
    void unreserve() {
        reserved.decrementAndGet();
    }

    /** Starts waiting; returns the opaque to send. */
    int add(CompletableFuture<Command> answer, long deadlineNanos, int code) {
        int opaque = nextOpaque++;
        waiting.put(opaque, new Waiting(answer, deadlineNanos, code));
        if (sweep == null || deadlineNanos - sweepAtNanos < 0) {
            sweepAt(deadlineNanos, clock.nanos());
        }
        return opaque;
    }

    /** Whether a call waited for this opaque; it is completed then. */
    boolean complete(Command response) {
        Waiting call = waiting.remove(response.opaque());
        if (call == null) {
            return false;
        }
        reserved.decrementAndGet();
        call.answer().complete(response);
        return true;
    }

    /** Ends one call without an answer. */
    void fail(int opaque, CallFailedException cause) {
        Waiting call = waiting.remove(opaque);
        if (call != null) {
            reserved.decrementAndGet();
            call.answer().completeExceptionally(cause);
        }
    }

    /** Ends all calls: the connection is gone. */
    void failAll(String text) {
        if (sweep != null) {
            sweep.cancel(false);
            sweep = null;
        }
        CallFailedException cause = new CallFailedException(Reason.CLOSED, text);
        for (int opaque : opaques(Long.MAX_VALUE, 0)) {
            fail(opaque, cause);
        }
    }

    private void sweepAt(long deadlineNanos, long now) {
        if (sweep != null) {
            sweep.cancel(false);
        }
        sweepAtNanos = deadlineNanos;
        sweep = eventLoop.schedule(this::sweep, deadlineNanos - now, TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        sweep = null;
        long now = clock.nanos();
        for (int opaque : opaques(0, now)) {
            traffic.callTimeouts.increment();
            Waiting call = waiting.get(opaque);
            fail(opaque, new CallFailedException(Reason.TIMED_OUT, timedOut(call, now)));
        }
        if (!waiting.isEmpty() && sweep == null) {
            long earliest = Long.MAX_VALUE;
            for (Waiting call : waiting.values()) {
                earliest = Math.min(earliest, call.deadlineNanos() - now);
            }
            sweepAt(now + Math.max(earliest, SWEEP_PAUSE_NANOS), now);
        }
    }

    private static String timedOut(Waiting call, long now) {
        long lateMs = TimeUnit.NANOSECONDS.toMillis(now - call.deadlineNanos());
        return "no answer to request code " + call.code() + " in time, noticed " + lateMs
                + " ms after its deadline; the peer may have carried it out";
    }

    /** The opaques of calls due at {@code now}, with {@code patienceNanos} on top. */
    private List<Integer> opaques(long patienceNanos, long now) {
        List<Integer> due = new ArrayList<>();
        for (IntObjectMap.PrimitiveEntry<Waiting> entry : waiting.entries()) {
            if (patienceNanos == Long.MAX_VALUE || entry.value().deadlineNanos() - now <= 0) {
                due.add(entry.key());
            }
        }
        return due;
    }
}
