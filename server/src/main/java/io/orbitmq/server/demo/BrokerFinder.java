package io.orbitmq.server.demo;

import io.netty.channel.ConnectTimeoutException;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.route.BrokerRoute;
import io.orbitmq.protocol.body.route.ClusterTable;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.CallFailedException;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Asks a nameserver for a broker. Blocks the calling thread. */
public final class BrokerFinder {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Clock clock;

    public BrokerFinder(Clock clock) {
        this.clock = clock;
    }

    /**
     * The address of the first master by name; empty when nothing listens at {@code nameserver}.
     *
     * @throws DemoFailedException when something listens but knows no broker
     */
    public Optional<String> find(String nameserver) {
        Command request = Command.request(RequestCode.GET_BROKER_CLUSTER_INFO, Fields.NONE);
        ClientConfig config = ClientConfig.defaults().withName("demo-finder").withConnectTimeout(TIMEOUT);
        try (RemotingClient client =
                new RemotingClient(config, HandlerTable.builder().build(), ConnectionListener.NONE, clock)) {
            Command answer = client.call(nameserver, request, TIMEOUT).get();
            if (answer.code() != ResponseCode.SUCCESS) {
                throw new DemoFailedException("The server at " + nameserver + " refused to list brokers with code "
                        + answer.code() + ": " + answer.remark());
            }
            return Optional.of(masterOf(nameserver, ClusterTable.decode(answer.body())));
        } catch (ExecutionException e) {
            if (isRefused(e.getCause())) {
                return Optional.empty();
            }
            throw new DemoFailedException("The server at " + nameserver + " does not answer as a nameserver: "
                    + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailedException("The demonstration was interrupted.");
        }
    }

    /** Nothing listens; a connection that takes too long is something else. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof CallFailedException call
                && call.reason() == CallFailedException.Reason.NOT_CONNECTED
                && call.getCause() instanceof ConnectException refused
                && !(refused instanceof ConnectTimeoutException);
    }

    private static String masterOf(String nameserver, ClusterTable table) {
        return table.brokers().values().stream()
                .filter(BrokerRoute::hasMaster)
                .min(Comparator.comparing(BrokerRoute::brokerName))
                .map(broker -> broker.addresses().get(BrokerRoute.MASTER_ID))
                .orElseThrow(() -> new DemoFailedException("The nameserver at " + nameserver
                        + " knows no broker. Start one: bin/orbitmq broker -n " + nameserver));
    }
}
