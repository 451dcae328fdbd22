package io.orbitmq.benchmarks.load;

import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.server.config.BrokerDefaults;
import io.orbitmq.server.config.StandaloneConfig;
import io.orbitmq.server.node.Standalone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** OrbitMQ inside the test's process. */
final class LocalBroker implements AutoCloseable {

    private final Standalone standalone;

    LocalBroker(Path data) throws IOException {
        StandaloneConfig config = StandaloneConfig.load(
                Settings.of("listenPort", "0", "test")
                        .overriddenBy(Settings.of("flushDiskType", "ASYNC_FLUSH", "test")),
                0,
                new BrokerDefaults("broker-a", "127.0.0.1", data, ""));
        standalone = Standalone.start(config.nameserver(), config.broker().config(), OperatorSettings.NONE);
    }

    InetSocketAddress address() {
        String address = standalone.brokerAddress();
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    @Override
    public void close() throws IOException {
        standalone.close();
    }
}
