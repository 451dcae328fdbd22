package io.orbitmq.broker.group;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.client.ConsumerGroup;
import io.orbitmq.protocol.body.client.HeartbeatBody;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.group.HeartbeatAnswerHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/**
 * HEART_BEAT: a client says which groups it produces and consumes for (protocol/07 section 1). Runs inline: on its own
 * connection's event loop, so that it never overtakes the connection's end.
 */
public final class HeartbeatHandler implements RequestHandler {

    private final LiveConfig config;
    private final RetryTopics retryTopics;
    private final ConsumerGroups consumers;
    private final ProducerGroups producers;
    private final Fingerprints fingerprints;
    private final Clock clock;

    public HeartbeatHandler(
            LiveConfig config,
            RetryTopics retryTopics,
            ConsumerGroups consumers,
            ProducerGroups producers,
            Clock clock) {
        this.config = config;
        this.retryTopics = retryTopics;
        this.consumers = consumers;
        this.producers = producers;
        this.fingerprints = new Fingerprints();
        this.clock = clock;
        consumers.addListener(fingerprints);
    }

    @Override
    public void handle(Exchange exchange) {
        Command request = exchange.request();
        HeartbeatBody heartbeat = HeartbeatBody.decode(request.body());
        Member member = new Member(
                exchange.connection(), heartbeat.clientId(), request.language(), request.version(), clock.nanos());
        boolean changed = heartbeat.fingerprint() == 0;
        for (ConsumerGroup group : heartbeat.consumerGroups()) {
            if (retryTopics.prepare(group)) {
                changed |= fingerprints.replace(group.name(), heartbeat);
                changed |= !enter(heartbeat, group, member);
            }
        }
        if (config.get().groups().registerProducers()) {
            heartbeat.producerGroups().forEach(group -> producers.register(group, member));
        }
        exchange.succeed(new HeartbeatAnswerHeader(true, changed).toFields());
    }

    /** False when the member should send a heartbeat with its subscriptions: they are not known. */
    private boolean enter(HeartbeatBody heartbeat, ConsumerGroup group, Member member) {
        ConsumerMode mode = new ConsumerMode(group.type(), group.model(), group.consumeFromWhere());
        if (heartbeat.withoutSubscriptions()) {
            return consumers.refresh(group.name(), member, mode);
        }
        consumers.join(group.name(), member, mode, group.subscriptions());
        return true;
    }
}
