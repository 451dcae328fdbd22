package io.orbitmq.broker.registration;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.NameserverSettings;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.topic.TopicListener;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.schedule.Scheduler.Scheduled;
import io.orbitmq.protocol.body.broker.TextTable;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.client.RemotingClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this broker registered at every nameserver of the settings, each by itself: at start, every period, and at once
 * when a topic changes. The list is read again every period. Any thread.
 */
public final class NameserverRegistration implements TopicListener {

    private static final Logger LOG = LoggerFactory.getLogger(NameserverRegistration.class);
    private static final Duration UNREGISTER_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CHANGE_WAIT = Duration.ofSeconds(3);

    private final LiveConfig config;
    private final Topics topics;
    private final RemotingClient client;
    private final Scheduler scheduler;
    private final BrokerCard card;
    private final Map<String, NameserverLink> links = new HashMap<>();
    private Scheduled periodic = () -> {};
    private boolean started;

    public NameserverRegistration(
            LiveConfig config, AdvertisedAddress address, Topics topics, RemotingClient client, Scheduler scheduler) {
        this.config = config;
        this.topics = topics;
        this.client = client;
        this.scheduler = scheduler;
        this.card = new BrokerCard(config, address, topics);
    }

    /** Starts registering; completes when every nameserver answered or failed once. */
    public synchronized CompletableFuture<Void> start() {
        started = true;
        Duration period = settings().registerPeriod();
        periodic = scheduler.every(period, period, this::refreshAll);
        return refreshAll();
    }

    /** Registers everything everywhere now, for example after the broker's permission changed. */
    public CompletableFuture<Void> refreshAll() {
        Duration timeout = settings().registerTimeout();
        return all(currentLinks().stream().map(link -> link.refresh(timeout)).toList());
    }

    @Override
    public void topicsChanged(Collection<String> names) {
        publish(names);
    }

    /**
     * Registers changed topics at once.
     *
     * @return completes when every nameserver answered or failed, after 3 s at the latest
     */
    public CompletableFuture<Void> publish(Collection<String> names) {
        Duration timeout = settings().registerTimeout();
        return all(currentLinks().stream()
                        .map(link -> link.changed(names, timeout))
                        .toList())
                .completeOnTimeout(null, CHANGE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops registering and says good-bye; completes when every nameserver answered or failed. */
    public synchronized CompletableFuture<Void> stop() {
        if (!started) {
            return CompletableFuture.completedFuture(null);
        }
        started = false;
        periodic.cancel();
        List<CompletableFuture<Void>> unregistered = links.values().stream()
                .map(link -> link.unregister(UNREGISTER_TIMEOUT))
                .toList();
        links.clear();
        return all(unregistered);
    }

    private NameserverSettings settings() {
        return config.get().nameservers();
    }

    private synchronized List<NameserverLink> currentLinks() {
        if (!started) {
            return List.of();
        }
        List<String> wanted = settings().addresses();
        links.keySet().retainAll(wanted);
        for (String nameserver : wanted) {
            links.computeIfAbsent(
                    nameserver, address -> new NameserverLink(address, client, card, this::takeOrderTopics));
        }
        return new ArrayList<>(links.values());
    }

    /** Nameservers answer with the topics that are to be ordered (protocol/02 section 3.4). */
    private void takeOrderTopics(Command answer) {
        if (!answer.body().hasRemaining()) {
            return;
        }
        List<TopicConfig> changed = TextTable.decode(answer.body()).table().keySet().stream()
                .flatMap(name -> topics.find(name).stream())
                .filter(topic -> !topic.order())
                .map(topic -> topic.withOrder(true))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        try {
            topics.putAll(changed);
        } catch (ChangeLostException e) {
            LOG.warn("event=order-topics-not-stored reason=\"{}\"", e.getMessage());
        }
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }
}
