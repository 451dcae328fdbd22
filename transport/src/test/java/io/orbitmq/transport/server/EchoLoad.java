package io.orbitmq.transport.server;

import com.sun.management.ThreadMXBean;
import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.frame.SerializeType;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Measures what one request costs the server's event loops on loopback: a send-like request with a 1 KB body, a
 * send-like answer, over connections that keep so many requests in flight. Not a test; run {@code main} with
 * {@code nio|epoll JSON|ROCKETMQ inline|turn|thread connections inFlight seconds}.
 */
public final class EchoLoad {

    private static final int BODY_BYTES = 1024;
    private static final String SERVER_THREADS = "echo";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SystemClock clock = new SystemClock();
    private final LinkedBlockingQueue<Exchange> later = new LinkedBlockingQueue<>();
    private final List<Exchange> turn = new ArrayList<>();
    private final Runnable endOfTurn = () -> {
        turn.forEach(EchoLoad::succeed);
        turn.clear();
    };

    public static void main(String[] args) throws Exception {
        new EchoLoad().run(args);
    }

    private void run(String[] args) throws Exception {
        SerializeType type = SerializeType.valueOf(args[1]);
        int connections = Integer.parseInt(args[3]);
        int inFlight = Integer.parseInt(args[4]);
        long seconds = Long.parseLong(args[5]);
        ServerConfig config =
                Peers.config().withName(SERVER_THREADS).withEventLoopThreads(1).withForceNio(args[0].equals("nio"));
        try (RemotingServer server = Peers.server(config)) {
            int port = server.listen(0, table(args[2]));
            Executor daemons = task -> {
                Thread thread =
                        java.util.concurrent.Executors.defaultThreadFactory().newThread(task);
                thread.setDaemon(true);
                thread.start();
            };
            daemons.execute(this::answerLater);
            byte[] frame = RawPeer.frame(request(), type);
            for (int i = 0; i < connections; i++) {
                CompletableFuture.runAsync(() -> drive(port, frame, inFlight), daemons);
            }
            waitUntil(clock.nanos() + 4_000_000_000L);
            report(server, seconds, String.join(" ", args) + " requestBytes=" + frame.length);
        }
    }

    private void report(RemotingServer server, long seconds, String what) throws InterruptedException {
        long requests = server.counters().requests();
        long cpu = loopCpuNanos();
        long allocated = loopAllocatedBytes();
        long begun = clock.nanos();
        waitUntil(begun + seconds * 1_000_000_000L);
        double done = server.counters().requests() - requests;
        double elapsed = (clock.nanos() - begun) / 1e9;
        System.out.printf(
                "%s io=%s msgsPerSecond=%.0f loopCpuUsPerMsg=%.2f loopBytesPerMsg=%.0f loopBusy=%.0f%%%n",
                what,
                server.ioKind(),
                done / elapsed,
                (loopCpuNanos() - cpu) / 1000.0 / done,
                (loopAllocatedBytes() - allocated) / done,
                (loopCpuNanos() - cpu) / elapsed / 1e7);
    }

    private HandlerTable table(String mode) {
        return HandlerTable.builder()
                .on(310, Lane.inline(), exchange -> {
                    switch (mode) {
                        case "inline" -> succeed(exchange);
                        case "turn" -> {
                            turn.add(exchange);
                            exchange.atEndOfTurn(endOfTurn);
                        }
                        default -> later.add(exchange);
                    }
                })
                .build();
    }

    private void answerLater() {
        List<Exchange> batch = new ArrayList<>();
        while (true) {
            try {
                batch.add(later.take());
                later.drainTo(batch);
                batch.forEach(EchoLoad::succeed);
                batch.clear();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void succeed(Exchange exchange) {
        exchange.succeed(Fields.of(
                "msgId",
                "7F00000100002A9F0000000000000000",
                "queueId",
                "3",
                "queueOffset",
                "123456",
                "MSG_REGION",
                "DefaultRegion",
                "TRACE_ON",
                "true"));
    }

    private static Command request() {
        Fields fields = Fields.of(
                "a",
                "producer_group",
                "b",
                "TopicTest",
                "c",
                "TBW102",
                "d",
                "4",
                "e",
                "1",
                "f",
                "0",
                "g",
                "1795225700631",
                "h",
                "0",
                "i",
                "KEYS\u0001k1\u0002UNIQ_KEY\u0001FD0000000000000000000000000000027C0B30946E09676261160000\u0002WAIT\u0001true\u0002TAGS\u0001tagA",
                "j",
                "0",
                "k",
                "false",
                "m",
                "false",
                "n",
                "broker-a");
        return Command.request(310, fields, ByteBuffer.allocate(BODY_BYTES)).withOpaque(123456);
    }

    /** Keeps {@code inFlight} requests on the way: as many new ones as answers came with the last read. */
    private static void drive(int port, byte[] frame, int inFlight) {
        byte[] window = new byte[frame.length * inFlight];
        for (int i = 0; i < inFlight; i++) {
            System.arraycopy(frame, 0, window, i * frame.length, frame.length);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write(window);
            int answerBytes = in.readInt() + 4;
            in.skipNBytes(answerBytes - 4);
            out.write(frame);
            byte[] buffer = new byte[answerBytes * inFlight];
            long rest = 0;
            while (true) {
                int read = in.read(buffer);
                if (read < 0) {
                    return;
                }
                rest += read;
                int answers = (int) Math.min(inFlight, rest / answerBytes);
                rest -= (long) answers * answerBytes;
                out.write(window, 0, answers * frame.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waitUntil(long nanos) throws InterruptedException {
        for (long left = nanos - clock.nanos(); left > 0; left = nanos - clock.nanos()) {
            synchronized (this) {
                wait(Math.max(1, left / 1_000_000));
            }
        }
    }

    private long loopCpuNanos() {
        long sum = 0;
        for (long id : loopThreads()) {
            sum += threads.getThreadCpuTime(id);
        }
        return sum;
    }

    private long loopAllocatedBytes() {
        long sum = 0;
        for (long id : loopThreads()) {
            sum += threads.getThreadAllocatedBytes(id);
        }
        return sum;
    }

    private List<Long> loopThreads() {
        List<Long> ids = new ArrayList<>();
        for (long id : threads.getAllThreadIds()) {
            var thread = threads.getThreadInfo(id);
            if (thread != null && thread.getThreadName().startsWith(SERVER_THREADS)) {
                ids.add(id);
            }
        }
        return ids;
    }
}
