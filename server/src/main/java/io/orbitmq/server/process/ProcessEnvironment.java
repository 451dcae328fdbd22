package io.orbitmq.server.process;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Optional;

/** What this process knows of its surroundings. Stateless. */
public final class ProcessEnvironment {

    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path KERNEL_UPTIME = Path.of("/proc/uptime");
    private static final Path KERNEL_PROCESS_STATUS = Path.of("/proc/self/stat");

    /** Field 22 of the status counts the ticks of 10 ms from the system's start to the process's. */
    private static final int START_TIME_FIELD = 22 - 3;

    private static final long MS_PER_TICK = 10;

    /** An environment variable; empty when unset or empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    /** A system property; empty when unset or empty. */
    public Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isEmpty());
    }

    /** The user's home directory. */
    public Path userHome() {
        return Path.of(property("user.home").orElse("."));
    }

    /** The machine's name without domain lookups, or empty when it does not tell one. */
    public Optional<String> hostName() {
        try {
            if (Files.isReadable(KERNEL_HOST_NAME)) {
                return Optional.of(Files.readString(KERNEL_HOST_NAME).trim()).filter(name -> !name.isEmpty());
            }
            return variable("HOSTNAME").or(() -> variable("COMPUTERNAME"));
        } catch (IOException e) {
            return variable("HOSTNAME");
        }
    }

    /**
     * The address under which other machines probably reach this one: the first IPv4 address of a network interface
     * that is up and is neither loopback nor a container bridge; 127.0.0.1 when there is none.
     */
    public String localAddress() {
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                NetworkInterface candidate = interfaces.nextElement();
                if (candidate.isUp() && !candidate.isLoopback() && !isBridge(candidate.getName())) {
                    Optional<String> address = firstIpv4(candidate);
                    if (address.isPresent()) {
                        return address.get();
                    }
                }
            }
        } catch (SocketException e) {
            return "127.0.0.1";
        }
        return "127.0.0.1";
    }

    /** The Java release this process runs on, for example {@code 17.0.15}. */
    public String javaVersion() {
        return property("java.version").orElse("unknown");
    }

    /** Time since this process began, the launcher's part included; empty where the system has no {@code /proc}. */
    public Optional<Duration> age() {
        try {
            String uptimeSeconds = Files.readString(KERNEL_UPTIME).split(" ")[0];
            String status = Files.readString(KERNEL_PROCESS_STATUS);
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
            long begunMs = Long.parseLong(fields[START_TIME_FIELD]) * MS_PER_TICK;
            return Optional.of(Duration.ofMillis((long) (Double.parseDouble(uptimeSeconds) * 1000) - begunMs));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Whether standard output is a terminal; the launcher tells. */
    public boolean isTerminal() {
        return property("orbitmq.terminal").isPresent();
    }

    private static Optional<String> firstIpv4(NetworkInterface candidate) {
        Enumeration<InetAddress> addresses = candidate.getInetAddresses();
        while (addresses.hasMoreElements()) {
            InetAddress address = addresses.nextElement();
            if (address instanceof Inet4Address && !address.isLinkLocalAddress() && !address.isLoopbackAddress()) {
                return Optional.of(address.getHostAddress());
            }
        }
        return Optional.empty();
    }

    private static boolean isBridge(String name) {
        return name.startsWith("docker")
                || name.startsWith("br-")
                || name.startsWith("virbr")
                || name.startsWith("veth");
    }
}
