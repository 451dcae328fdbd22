package io.orbitmq.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports nobody listens on at the moment of asking. */
final class FreePorts {

    private static final int TRIES = 100;
    private static final int VIP_BELOW = 2;

    private FreePorts() {}

    static int one() throws IOException {
        try (ServerSocket socket = listen(0)) {
            return socket.getLocalPort();
        }
    }

    /** One whose neighbours are free too: brokers also listen two below (VIP channel) and, the official one, one above. */
    static int forBroker() throws IOException {
        IOException last = new IOException("not tried");
        for (int i = 0; i < TRIES; i++) {
            int port = one();
            try (ServerSocket vip = listen(port - VIP_BELOW);
                    ServerSocket above = listen(port + 1)) {
                return vip.getLocalPort() + VIP_BELOW == port && above.isBound() ? port : one();
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("no free port with free neighbours was found in " + TRIES + " tries", last);
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
