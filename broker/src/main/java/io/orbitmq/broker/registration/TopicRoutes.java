package io.orbitmq.broker.registration;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.route.TopicRoute;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.route.RouteHeader;
import io.orbitmq.transport.client.RemotingClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where topics are in the whole cluster, asked from the nameservers of the settings, the next one when one does not
 * answer. An answer serves everybody who asks within a second. Any thread; never waits.
 */
public final class TopicRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(TopicRoutes.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_REMEMBERED = 10_000;

    private final LiveConfig config;
    private final RemotingClient client;
    private final Clock clock;
    private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();

    /** One question and its answer. */
    private static final class Lookup {
        private final long sinceNanos;
        private final CompletableFuture<Optional<List<QueueRoute>>> answer = new CompletableFuture<>();
        private final AtomicBoolean asked = new AtomicBoolean();

        private Lookup(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    public TopicRoutes(LiveConfig config, RemotingClient client, Clock clock) {
        this.config = config;
        this.client = client;
        this.clock = clock;
    }

    /**
     * The queues of a topic by broker, as nameservers know them; nothing when none answered. Without nameservers in the
     * settings there are no other brokers. Never fails.
     */
    public CompletableFuture<Optional<List<QueueRoute>>> queuesOf(String topic) {
        List<String> nameservers = config.get().nameservers().addresses();
        if (nameservers.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.of(List.of()));
        }
        if (lookups.size() >= MOST_REMEMBERED) {
            lookups.values().removeIf(lookup -> lookup.answer.isDone());
        }
        Lookup lookup = lookups.compute(
                topic, (name, last) -> last != null && isFresh(last) ? last : new Lookup(clock.nanos()));
        if (lookup.asked.compareAndSet(false, true)) {
            ask(topic, nameservers, 0).whenComplete((found, failure) -> {
                if (failure != null) {
                    LOG.warn("event=route-not-readable topic={} cause=\"{}\"", topic, failure.toString());
                }
                lookup.answer.complete(failure == null ? found : Optional.empty());
            });
        }
        return lookup.answer;
    }

    private boolean isFresh(Lookup lookup) {
        return clock.nanos() - lookup.sinceNanos < FRESH_NANOS;
    }

    private CompletableFuture<Optional<List<QueueRoute>>> ask(String topic, List<String> nameservers, int index) {
        if (index == nameservers.size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Command request =
                Command.request(RequestCode.GET_ROUTEINFO_BY_TOPIC, new RouteHeader(topic, true, false, "").toFields());
        return client.call(nameservers.get(index), request, TIMEOUT)
                .handle((answer, failure) -> failure == null ? read(answer) : Optional.<List<QueueRoute>>empty())
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : ask(topic, nameservers, index + 1));
    }

    private static Optional<List<QueueRoute>> read(Command answer) {
        return switch (answer.code()) {
            case ResponseCode.SUCCESS ->
                Optional.of(TopicRoute.decode(answer.body()).queues());
            case ResponseCode.TOPIC_NOT_EXIST -> Optional.of(List.of());
            default -> Optional.empty();
        };
    }
}
