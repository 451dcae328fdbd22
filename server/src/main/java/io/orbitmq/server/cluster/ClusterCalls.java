package io.orbitmq.server.cluster;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.route.BrokerRoute;
import io.orbitmq.protocol.body.route.ClusterTable;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.route.RouteHeader;
import io.orbitmq.transport.ConnectionListener;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.client.ClientConfig;
import io.orbitmq.transport.client.RemotingClient;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Requests to nameservers and brokers. {@link #call} is for any thread; the others block and are for the command's
 * thread. Failures are {@link ClusterFailedException}s, written for the person at the keyboard.
 */
public final class ClusterCalls implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final List<String> nameservers;
    private final RemotingClient client;

    /** @param nameservers {@code host:port} separated by semicolons */
    public ClusterCalls(String nameservers, Clock clock) {
        this.nameservers = Stream.of(nameservers.split(";"))
                .map(String::trim)
                .filter(address -> !address.isEmpty())
                .toList();
        if (this.nameservers.isEmpty()) {
            throw new ClusterFailedException("Expected a nameserver as host:port, found '" + nameservers + "'.");
        }
        this.client = new RemotingClient(
                ClientConfig.defaults().withName("tool").withConnectTimeout(TIMEOUT),
                HandlerTable.builder().build(),
                ConnectionListener.NONE,
                clock);
    }

    /** Addresses of the masters by broker name. */
    public SortedMap<String, String> masters() {
        Command answer = askNameserver(Command.request(RequestCode.GET_BROKER_CLUSTER_INFO, Fields.NONE));
        expectSuccess("Listing the brokers", answer);
        return masters(ClusterTable.decode(answer.body()).brokers().values());
    }

    /** Where a topic is. */
    public TopicRoute route(String topic) {
        RouteHeader header = new RouteHeader(topic, true, false, "");
        Command answer = askNameserver(Command.request(RequestCode.GET_ROUTEINFO_BY_TOPIC, header.toFields()));
        if (answer.code() == ResponseCode.TOPIC_NOT_EXIST) {
            throw new ClusterFailedException("The nameserver knows no topic '" + topic
                    + "'. Create it first: mqadmin updateTopic -t " + topic + " ...");
        }
        expectSuccess("Finding the topic " + topic, answer);
        return TopicRoute.decode(answer.body());
    }

    /** Addresses of a route's masters by broker name. */
    public static SortedMap<String, String> masters(Iterable<BrokerRoute> brokers) {
        SortedMap<String, String> masters = new TreeMap<>();
        brokers.forEach(broker -> {
            if (broker.hasMaster()) {
                masters.put(broker.brokerName(), broker.addresses().get(BrokerRoute.MASTER_ID));
            }
        });
        return masters;
    }

    /** Sends a request and completes with the answer, whatever its code. */
    public CompletableFuture<Command> call(String address, Command request) {
        return client.call(address, request, TIMEOUT);
    }

    /** The answer, whatever its code. */
    public Command ask(String address, Command request) {
        return await(address, call(address, request));
    }

    /** The answer of a call to {@code address}, whatever its code. */
    public static Command await(String address, CompletableFuture<Command> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw new ClusterFailedException("The server at " + address + " did not answer: "
                    + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterFailedException("The command was interrupted.");
        }
    }

    /** Throws unless the code is 0. */
    public static void expectSuccess(String what, Command answer) {
        if (answer.code() != ResponseCode.SUCCESS) {
            throw new ClusterFailedException(what + " was refused with code " + answer.code() + ": " + answer.remark());
        }
    }

    /** The first nameserver that answers; they all know the same. */
    private Command askNameserver(Command request) {
        ClusterFailedException last = new ClusterFailedException("There is no nameserver.");
        for (String address : nameservers) {
            try {
                return ask(address, request);
            } catch (ClusterFailedException e) {
                last = e;
            }
        }
        throw last;
    }

    @Override
    public void close() {
        client.close();
    }
}
