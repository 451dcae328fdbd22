package io.orbitmq.broker.registration;

import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.route.DataVersionAnswerHeader;
import io.orbitmq.transport.client.RemotingClient;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One nameserver: at most one registration under way, changes meanwhile are collected for the next. Until the first full
 * registration succeeded nothing incremental is sent, because a nameserver refuses a new broker with a single topic
 * (protocol/02 section 3.4). After a failure the changes stay collected; the next period tries again. Any thread.
 */
final class NameserverLink {

    private static final Logger LOG = LoggerFactory.getLogger(NameserverLink.class);

    private final String nameserver;
    private final RemotingClient client;
    private final BrokerCard card;
    private final Consumer<Command> registered;
    private final Set<String> changed = new TreeSet<>();
    private boolean known;
    private boolean fullWanted;
    private boolean reachable = true;
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

    /** @param registered takes the answer of every successful registration */
    NameserverLink(String nameserver, RemotingClient client, BrokerCard card, Consumer<Command> registered) {
        this.nameserver = nameserver;
        this.client = client;
        this.card = card;
        this.registered = registered;
    }

    /** Registers everything, or makes sure that the nameserver has it; completes when the attempt is over. */
    synchronized CompletableFuture<Void> refresh(Duration timeout) {
        fullWanted = true;
        return next(timeout);
    }

    /** Registers what changed as soon as possible. */
    synchronized CompletableFuture<Void> changed(Collection<String> topics, Duration timeout) {
        changed.addAll(topics);
        return next(timeout);
    }

    private CompletableFuture<Void> next(Duration timeout) {
        if (!underWay.isDone()) {
            return underWay.thenCompose(done -> continued(timeout));
        }
        return continued(timeout);
    }

    private synchronized CompletableFuture<Void> continued(Duration timeout) {
        if (!underWay.isDone()) {
            return underWay;
        }
        if (!known || fullWanted && (!card.isLarge() || !changed.isEmpty())) {
            underWay = send(card.everything(), takeChanged(), timeout);
        } else if (fullWanted) {
            underWay = askFirst(timeout);
        } else if (!changed.isEmpty()) {
            Set<String> names = takeChanged();
            underWay = send(card.only(names), names, timeout);
        }
        return underWay;
    }

    private Set<String> takeChanged() {
        Set<String> names = new TreeSet<>(changed);
        changed.clear();
        return names;
    }

    /** A large table is sent only to a nameserver that lacks it; asking refreshes the lease all the same. */
    private CompletableFuture<Void> askFirst(Duration timeout) {
        fullWanted = false;
        return client.call(nameserver, card.dataVersionQuery(), timeout)
                .handle((answer, failure) -> {
                    boolean current = failure == null
                            && answer.code() == ResponseCode.SUCCESS
                            && !DataVersionAnswerHeader.from(answer.fields()).changed();
                    return current
                            ? CompletableFuture.<Void>completedFuture(null)
                            : send(card.everything(), Set.of(), timeout);
                })
                .thenCompose(sent -> sent);
    }

    private CompletableFuture<Void> send(Command request, Set<String> names, Duration timeout) {
        fullWanted = false;
        return client.call(nameserver, request, timeout).handle((answer, failure) -> {
            if (failure == null && answer.code() == ResponseCode.SUCCESS) {
                succeeded(answer);
            } else {
                failed(names, failure == null ? answer.remark() : String.valueOf(failure.getMessage()));
            }
            return null;
        });
    }

    private void succeeded(Command answer) {
        synchronized (this) {
            if (!known || !reachable) {
                LOG.info("event=registered nameserver={}", nameserver);
            }
            known = true;
            reachable = true;
        }
        registered.accept(answer);
    }

    private synchronized void failed(Set<String> names, String reason) {
        changed.addAll(names);
        fullWanted = true;
        known = false;
        if (reachable) {
            LOG.warn(
                    "event=registration-failed nameserver={} reason=\"{}\" advice=\"it is tried again every period\"",
                    nameserver,
                    reason);
        }
        reachable = false;
    }

    CompletableFuture<Void> unregister(Duration timeout) {
        return client.call(nameserver, card.unregistration(), timeout).handle((answer, failure) -> {
            if (failure != null) {
                LOG.info("event=unregistration-failed nameserver={} reason=\"{}\"", nameserver, failure.getMessage());
            }
            return null;
        });
    }
}
