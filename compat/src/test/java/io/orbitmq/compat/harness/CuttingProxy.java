package io.orbitmq.compat.harness;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a broker, on another address of this machine, and passes frames on; an answer to a send it
 * swallows, closing both connections, or delays, when it was told to.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final String ANSWER_TO_A_SEND = "\"queueOffset\"";
    private static final String RESPONSE = "\"flag\":1";

    private final ServerSocket listener;
    private final InetSocketAddress broker;
    private final ExecutorService pumps = Executors.newCachedThreadPool(task -> daemon(task));
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> daemon(task));
    private final AtomicInteger toSwallow = new AtomicInteger();
    private final AtomicInteger toDelay = new AtomicInteger();
    private final AtomicInteger disturbed = new AtomicInteger();
    private volatile long delayMs;

    /**
     * @param host where clients connect
     * @param port the same there and at the broker
     */
    public CuttingProxy(String host, String brokerHost, int port) {
        try {
            listener = new ServerSocket(port, 50, InetAddress.getByName(host));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = new InetSocketAddress(brokerHost, port);
        pumps.execute(this::accept);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        return thread;
    }

    /** The next answers to sends do not arrive, and their connections break. */
    public void swallowAnswers(int count) {
        disturbed.set(0);
        toSwallow.set(count);
    }

    /** The next answer to a send arrives late, if its connection is still there. */
    public void delayAnswer(long milliseconds) {
        disturbed.set(0);
        delayMs = milliseconds;
        toDelay.set(1);
    }

    /** How many answers were swallowed or delayed since it was last asked for. */
    public int disturbed() {
        return disturbed.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket upstream = new Socket(broker.getAddress(), broker.getPort());
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                pumps.execute(() -> pump(client, upstream, false));
                pumps.execute(() -> pump(upstream, client, true));
            } catch (IOException e) {
                // the proxy or the broker is closed; clients see a closed connection
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            while (true) {
                int length = in.readInt();
                byte[] frame = new byte[Integer.BYTES + length];
                frame[0] = (byte) (length >>> 24);
                frame[1] = (byte) (length >>> 16);
                frame[2] = (byte) (length >>> 8);
                frame[3] = (byte) length;
                in.readFully(frame, Integer.BYTES, length);
                if (answers && isAnswerToASend(frame)) {
                    if (take(toSwallow)) {
                        return;
                    }
                    if (take(toDelay)) {
                        later.schedule(() -> write(out, frame), delayMs, TimeUnit.MILLISECONDS);
                        continue;
                    }
                }
                write(out, frame);
            }
        } catch (IOException e) {
            // one side closed: so does the other
        }
    }

    private boolean take(AtomicInteger left) {
        if (left.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
            return false;
        }
        disturbed.incrementAndGet();
        return true;
    }

    private static void write(OutputStream out, byte[] frame) {
        synchronized (out) {
            try {
                out.write(frame);
                out.flush();
            } catch (IOException e) {
                // nobody waits for it any more
            }
        }
    }

    private static boolean isAnswerToASend(byte[] frame) {
        String text = new String(frame, StandardCharsets.ISO_8859_1);
        return text.contains(ANSWER_TO_A_SEND) && text.contains(RESPONSE);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pumps.shutdownNow();
        later.shutdownNow();
    }
}
