package io.orbitmq.broker.dedup;

import io.orbitmq.broker.DuplicateSettings;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.foundation.schedule.Scheduler;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.frame.Utf8Hash;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Utf8Range;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Connection;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises repeated sends (docs/duplicates.md). The answer to a send may be lost when its connection closes, when it is
 * late, and when the broker crashes; such a send is remembered for a while, and one repeat of it, with the same UNIQ_KEY,
 * body and properties, gets the first result. A repeat of a send whose answer arrived is a message of its own, unless the
 * topic is {@link DuplicateMode#STRICT}.
 *
 * <p>Threads: {@link #opened}, {@link #closed}, {@link #find} and {@link #stored} are called on the connection's event
 * loop, the rest by anyone. Looking one up reads the first record, which was written seconds ago, from memory.
 */
public final class RepeatedSends {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedSends.class);
    private static final int MOST_CANDIDATES = 16;
    private static final int STRICT_LOCKS = 64;
    /** Within this time an event loop notices that a connection is closed. */
    private static final Duration NOTICE_TIME = Duration.ofMillis(20);

    private final LiveConfig config;
    private final MessageStore store;
    private final Scheduler scheduler;
    private final Clock clock;
    private final SameSend same;
    private final LiveRings rings;
    private final RememberedSends unanswered;
    private final RememberedSends strict;
    private final Object[] strictLocks = new Object[STRICT_LOCKS];
    private final LongAdder recognised = new LongAdder();
    private final LongAdder overwritten = new LongAdder();

    public RepeatedSends(LiveConfig config, MessageStore store, Scheduler scheduler, Clock clock) {
        this.config = config;
        this.store = store;
        this.scheduler = scheduler;
        this.clock = clock;
        this.same = new SameSend(store);
        int limit = settings().maxRemembered();
        this.rings = new LiveRings(limit);
        this.unanswered = new RememberedSends(limit);
        this.strict = new RememberedSends(limit);
        for (int i = 0; i < STRICT_LOCKS; i++) {
            strictLocks[i] = new Object();
        }
    }

    /** Whether a send of this connection may be a repeat at all; the quick question before {@link #find}. */
    public boolean isWatching(Connection connection, DuplicateMode mode) {
        return mode == DuplicateMode.STRICT
                || mode != DuplicateMode.OFF && (!unanswered.isEmpty() || rings.isYoung(connection));
    }

    /** Whether {@link #find} could find anything under this hash of topic and UNIQ_KEY; without a lock. */
    public boolean mayBeRepeated(Connection connection, long hash) {
        return settings().enabled()
                && (unanswered.mayHold(hash) || strict.mayHold(hash) || rings.maySiblingsHold(connection, hash));
    }

    /** To be held while a send to this strict topic is looked up and stored. */
    public Object strictLock(String topic) {
        return strictLocks[Math.floorMod(topic.hashCode(), STRICT_LOCKS)];
    }

    /**
     * Looks for the first of a send and, when there is one, takes it: a second repeat is new.
     *
     * @param again handles the request later, when it cannot be told now
     */
    public Repeat find(Exchange exchange, SentMessages sent, DuplicateMode mode, RequestHandler again) {
        if (mode == DuplicateMode.STRICT) {
            Repeat repeat = findIn(strict, exchange, sent, again);
            if (repeat != Repeat.NEW) {
                return repeat;
            }
        }
        Repeat repeat = findIn(unanswered, exchange, sent, again);
        if (repeat != Repeat.NEW || HeldExchange.isHeld(exchange)) {
            return repeat;
        }
        return findAmongSiblings(exchange, sent, again);
    }

    /** Whether a send is to be noted with {@link #stored}, if it has a UNIQ_KEY. */
    public boolean isNoted(Exchange exchange, DuplicateMode mode) {
        return mode != DuplicateMode.OFF
                && settings().enabled()
                && !exchange.request().isOneWay();
    }

    /** The hash that a send is known by. */
    public static long hash(long topicHash, Utf8Range uniqueKey) {
        return Utf8Hash.mix(topicHash, Utf8Hash.of(uniqueKey.bytes(), uniqueKey.from(), uniqueKey.to()));
    }

    /**
     * Notes a send that was stored, or a repeat that is answered; {@link #isNoted} said that it should be.
     *
     * @param hash of its topic and UNIQ_KEY, of a batch the first message's
     * @param group the hash of the producer group
     * @param bornMs when the producer sent it, by its clock
     */
    public void stored(Exchange exchange, DuplicateMode mode, long hash, long group, long bornMs, Appended appended) {
        DuplicateSettings settings = settings();
        long position = appended.position();
        long nowMs = appended.storeTimestamp();
        if (mode == DuplicateMode.STRICT) {
            strict.add(hash, 0, position, nowMs);
            return;
        }
        Connection connection = exchange.connection();
        int groupHash = groupNumber(group);
        SendRing ring = rings.of(connection);
        if (!ring.add(
                hash, groupHash, position, nowMs, nowMs - settings.closeWindow().toMillis())) {
            overwritten.increment();
        }
        if (ring.isLate(bornMs, nowMs, settings.slowAnswer().toMillis())) {
            unanswered.add(hash, groupHash, position, nowMs);
        }
        if (!connection.isOpen()) {
            closed(connection);
        }
    }

    /** Notes that a repeat is answered on another exchange: should that answer be lost too, it may be repeated again. */
    public void repeated(Exchange exchange, SentMessages sent, DuplicateMode mode, long bornMs, FirstSend first) {
        recognised.increment();
        LOG.debug(
                "event=repeated-send topic={} uniqueKey={} messages={} position={} remote={}",
                sent.topic(),
                sent.uniqueKey(),
                first.messages(),
                first.position(),
                exchange.connection().remoteAddress());
        if (isNoted(exchange, mode)) {
            stored(
                    exchange,
                    mode,
                    sent.hash(),
                    sent.groupHash(),
                    bornMs,
                    new Appended(first.queueOffset(), first.position(), first.endPosition(), clock.epochMs()));
        }
    }

    /** Nobody can have sent on it yet. */
    public void opened(Connection connection) {
        long nowMs = clock.epochMs();
        rings.opened(connection, nowMs, nowMs - settings().closeWindow().toMillis());
    }

    /** The answers to its last sends may be lost. */
    public void closed(Connection connection) {
        long nowMs = clock.epochMs();
        rings.copyTo(
                connection,
                (hash, group, position, timeMs) -> unanswered.add(hash, group, position, nowMs),
                nowMs - settings().closeWindow().toMillis());
        rings.closed(connection);
    }

    /** The answers to sends of this connection are late: those which are not durable yet count as lost. */
    public void late(Connection connection, long durablePosition) {
        long nowMs = clock.epochMs();
        rings.copyTo(
                connection,
                (hash, group, position, timeMs) -> {
                    if (position >= durablePosition) {
                        unanswered.add(hash, group, position, nowMs);
                    }
                },
                0);
    }

    /** Remembers a record that was stored shortly before a crash: its answer may be lost. */
    public void recovered(ByteBuffer record) {
        long position = MessageRecord.physicalOffset(record, 0);
        CrashedSend.of(record).ifPresent(crashed -> {
            long hash = hash(Utf8Hash.of(crashed.topic()), crashed.uniqueKey());
            unanswered.add(hash, 0, position, clock.epochMs());
        });
    }

    /** Forgets what is too old; to be called every second or so. */
    public void expire() {
        long nowMs = clock.epochMs();
        long windowMs = settings().window().toMillis();
        rings.expire(nowMs);
        for (RememberedSends remembered : new RememberedSends[] {unanswered, strict}) {
            if (!remembered.isEmpty()) {
                remembered.expire(nowMs - windowMs);
            }
        }
    }

    public RepeatCounts counts() {
        return new RepeatCounts(
                recognised.sum(),
                unanswered.size() + strict.size(),
                unanswered.forgotten() + strict.forgotten() + overwritten.sum());
    }

    private Repeat findIn(RememberedSends remembered, Exchange exchange, SentMessages sent, RequestHandler again) {
        if (!remembered.mayHold(sent.hash())) {
            return Repeat.NEW;
        }
        boolean once = remembered == unanswered;
        for (long position : remembered.find(sent.hash(), groupNumber(sent.groupHash()), MOST_CANDIDATES)) {
            Optional<ByteBuffer> record = store.recordAt(position);
            if (record.isEmpty() && HeldExchange.waitedFor(exchange) <= position) {
                holdUntilDurable(exchange, position + 1, again);
                return Repeat.HELD;
            }
            Optional<FirstSend> first = record.flatMap(bytes -> same.compare(sent, bytes, position, once));
            if (first.isPresent() && (!once || remembered.remove(sent.hash(), position))) {
                return new Repeat.Of(first.get());
            }
        }
        return Repeat.NEW;
    }

    /** When another connection of its host sent the same, and only if that one is about to close, is this a repeat. */
    private Repeat findAmongSiblings(Exchange exchange, SentMessages sent, RequestHandler again) {
        if (!rings.takeFromSiblings(exchange.connection(), sent.hash(), groupNumber(sent.groupHash()))) {
            return Repeat.NEW;
        }
        HeldExchange held = HeldExchange.of(exchange, 0);
        scheduler.after(NOTICE_TIME, () -> handleAgain(held, again));
        return Repeat.HELD;
    }

    private void holdUntilDurable(Exchange exchange, long end, RequestHandler again) {
        HeldExchange held = HeldExchange.of(exchange, end);
        store.whenDurable(end, new MessageStore.DurabilityListener() {
            @Override
            public void durable() {
                handleAgain(held, again);
            }

            @Override
            public void lost(String reason) {
                handleAgain(held, again);
            }
        });
    }

    /** On the connection's event loop, unless nobody waits for the answer any more. */
    private static void handleAgain(HeldExchange held, RequestHandler again) {
        held.connection().execute(() -> {
            if (held.connection().isOpen()) {
                again.handle(held);
            }
        });
    }

    private DuplicateSettings settings() {
        return config.get().sends().duplicates();
    }

    /** Never 0, which fits every group. */
    private static int groupNumber(long groupHash) {
        return (int) groupHash == 0 ? 1 : (int) groupHash;
    }
}
