package io.orbitmq.transport.client;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Turns {@code host:port} into an address. Names are looked up on a thread of their own, because the system's resolver
 * blocks for seconds when a name server is down; it lives only while it is needed. Any thread.
 */
final class AddressResolver {

    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int HIGHEST_PORT = 65_535;

    private final ThreadPoolExecutor lookups;

    AddressResolver(String threadName) {
        lookups = new ThreadPoolExecutor(
                1,
                1,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(threadName, true));
        lookups.allowCoreThreadTimeOut(true);
    }

    /** @throws IllegalArgumentException when the text is not {@code host:port} */
    CompletableFuture<InetSocketAddress> resolve(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        int port = colon < 0 ? -1 : port(address.substring(colon + 1));
        if (host.isEmpty() || port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "an address must be host:port with a port from 1 to " + HIGHEST_PORT + ", found '" + address + "'");
        }
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            return CompletableFuture.completedFuture(new InetSocketAddress(literal, port));
        }
        try {
            return CompletableFuture.supplyAsync(() -> new InetSocketAddress(host, port), lookups);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IllegalStateException("the client is closed", e));
        }
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    void close() {
        lookups.shutdownNow();
    }
}
