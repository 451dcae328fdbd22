package io.orbitmq.benchmarks.load;

import io.orbitmq.benchmarks.wire.FrameTemplate;
import io.orbitmq.benchmarks.wire.FrameView;
import io.orbitmq.foundation.time.Clock;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks a starting broker again and again to take one message, and tells when it first did. */
public final class FirstSend {

    private static final String TOPIC = "BenchmarkFirst";
    private static final long PAUSE_NANOS = 2_000_000L;
    private static final long LIMIT_NANOS = 120_000_000_000L;
    private static final int TIMEOUT_MS = 3_000;
    private static final int WIRE_BYTES = 64 * 1024;

    private final Clock clock;
    private final InetSocketAddress broker;
    private final FrameTemplate request;
    private final FrameView answer = new FrameView();

    public FirstSend(Clock clock, InetSocketAddress broker) {
        this.clock = clock;
        this.broker = broker;
        this.request = new SendTemplates(clock).of(TOPIC, 0, 128, 1);
    }

    /**
     * Blocks until the broker acknowledged a message to a topic that is created by it.
     *
     * @param alive whether the server's process still runs
     * @return {@link Clock#nanos} at the acknowledgement
     * @throws IOException when the process ended or took longer than two minutes
     */
    public long awaitAccepted(BooleanSupplier alive) throws IOException {
        long start = clock.nanos();
        while (clock.nanos() - start < LIMIT_NANOS) {
            if (!alive.getAsBoolean()) {
                throw new IOException("the server's process ended before it took a message; look at its output");
            }
            if (accepted()) {
                return clock.nanos();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException("the broker at " + broker + " took no message within two minutes; look at its log");
    }

    /** Whether one connection led to an acknowledgement; refused connections and answers are tried again. */
    private boolean accepted() {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(broker, TIMEOUT_MS);
            ByteBuffer frame = ByteBuffer.allocate(request.sizeBytes());
            request.write(frame, FrameTemplate.FIRST_OPAQUE);
            socket.getOutputStream().write(frame.array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            ByteBuffer response = ByteBuffer.allocate(WIRE_BYTES);
            int length = in.readInt();
            response.putInt(0, length);
            in.readFully(response.array(), Integer.BYTES, length);
            answer.wrap(response, 0, length);
            return answer.code() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
