package io.orbitmq.broker.request;

import io.orbitmq.protocol.message.HostAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The address clients know this broker by: it is registered at nameservers, stored in every message and part of message
 * ids (protocol/03 section 6). The port is set once the broker listens, before it registers. Any thread.
 */
public final class AdvertisedAddress {

    private final String host;
    private final InetAddress ip;
    private volatile HostAddress address;

    /**
     * @param host name or IP address that clients can reach
     * @param port 0 when it is not known yet
     * @throws IllegalArgumentException when the name cannot be resolved
     */
    public AdvertisedAddress(String host, int port) {
        this.host = host;
        try {
            this.ip = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "brokerIP1 must be an address or a name that resolves, found '" + host
                            + "'; set it to the address clients reach this machine by",
                    e);
        }
        this.address = HostAddress.of(new InetSocketAddress(ip, port));
    }

    /** The port that was bound. */
    public void listensOn(int port) {
        address = HostAddress.of(new InetSocketAddress(ip, port));
    }

    /** As it stands in messages. */
    public HostAddress storeHost() {
        return address;
    }

    /** The host as configured, for texts. */
    public String host() {
        return host;
    }

    /** {@code ip:port} as registered at nameservers. */
    public String text() {
        return address.toString();
    }

    /** {@code ip:port} of another port of this host. */
    public String textWithPort(int port) {
        return HostAddress.of(new InetSocketAddress(ip, port)).toString();
    }

    /** The bound port. */
    public int port() {
        return address.toSocketAddress().getPort();
    }
}
