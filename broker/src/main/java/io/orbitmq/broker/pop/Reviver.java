package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.state.DueLease;
import io.orbitmq.broker.pop.state.PopChange;
import io.orbitmq.broker.pop.state.PopKey;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.topic.SystemTopics;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.store.AppendOutcome;
import io.orbitmq.store.AppendOutcome.Reason;
import io.orbitmq.store.AppendOutcome.Refused;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.ReadOutcome;
import io.orbitmq.store.ReadRequest;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies messages that were not acknowledged in time to the group's pop retry topic (protocol/08 section 7). The copy and
 * the end of the old delivery are one record. Runs on its own thread, sleeps until the next message is due, and may read
 * the disk.
 */
final class Reviver {

    private static final Logger LOG = LoggerFactory.getLogger(Reviver.class);
    private static final long AFTER_FAILURE_MS = 1_000;
    private static final int BATCH = 256;

    private final PopParts parts;
    private final Alarm alarm;
    private final RetryTopicNames retryTopics;
    private boolean refusing;

    /** @param retryTopics told which retry topics are used */
    Reviver(PopParts parts, RetryTopicNames retryTopics) {
        this.parts = parts;
        this.retryTopics = retryTopics;
        this.alarm = new Alarm(parts.machine().reviving(), parts.clock(), this::run);
    }

    /** Hears which retry topics are written. */
    interface RetryTopicNames {

        void used(String retryTopic, String group, String normalTopic);
    }

    /** Begins; what became due while nobody did this comes first. */
    void start() {
        parts.table().onEarlier(this::wake);
        wake();
    }

    void stop() {
        alarm.stop();
    }

    private void wake() {
        alarm.at(parts.table().earliestDueMs());
    }

    /** One batch; returns when the next is due. */
    private long run() {
        long nowMs = parts.clock().epochMs();
        boolean going = true;
        try {
            for (int done = 0; going && done < BATCH; ) {
                Optional<DueLease> due = parts.table().firstDue(nowMs);
                going = due.isPresent() && reviveAll(due.get());
                done += due.map(lease -> Long.bitCount(lease.bits())).orElse(0);
                if (due.isEmpty()) {
                    return parts.table().earliestDueMs();
                }
            }
        } catch (UncheckedIOException e) {
            LOG.error("event=pop-revival-failed againInMs={}", AFTER_FAILURE_MS, e);
            going = false;
        } catch (ChangeLostException e) {
            LOG.warn("event=pop-revival-waits cause=\"{}\"", e.getMessage());
            going = false;
        } finally {
            parts.store().endTurn();
        }
        return going ? nowMs : nowMs + AFTER_FAILURE_MS;
    }

    /** False when the store takes nothing now. */
    private boolean reviveAll(DueLease lease) {
        PopKey key = lease.queue().key();
        String normalTopic = PopRetryTopic.normalTopic(key.group(), key.topic());
        Optional<TopicConfig> read = parts.topics().find(key.topic());
        if (parts.topics().find(normalTopic).isEmpty()
                || read.isEmpty()
                || parts.groups().find(key.group()).isEmpty()) {
            return drop(lease, lease.bits());
        }
        LogQueue source = parts.store().queue(key.topic(), key.queueId());
        LogQueue target = retryQueue(key, normalTopic);
        for (long bits = lease.bits(); bits != 0; bits &= bits - 1) {
            if (!revive(lease, DueLease.lowestOffset(lease.block(), bits), source, target)) {
                return false;
            }
        }
        return true;
    }

    private boolean revive(DueLease lease, long offset, LogQueue source, LogQueue target) {
        ByteBuffer[] found = new ByteBuffer[1];
        ReadOutcome outcome = parts.store()
                .read(
                        source,
                        new ReadRequest(offset, 1, Integer.MAX_VALUE, 1, ReadRequest.RecordFilter.ALL, false),
                        record -> found[0] = copy(record));
        if (outcome.status() != ReadOutcome.Status.FOUND) {
            LOG.warn(
                    "event=pop-revival-dropped topic={} queue={} offset={} cause={}",
                    source.topic(),
                    source.queueId(),
                    offset,
                    outcome.status());
            return drop(lease, 1L << offset);
        }
        RevivedCopy copies =
                new RevivedCopy(parts.address().storeHost(), parts.machine().uniqueKeys());
        synchronized (lease.queue()) {
            return !parts.table().isOut(lease.queue(), offset, lease.popTimeMs())
                    || append(lease, offset, target, copies, found[0]);
        }
    }

    private boolean append(DueLease lease, long offset, LogQueue target, RevivedCopy copies, ByteBuffer record) {
        AppendOutcome outcome = parts.store().append(target, copies.of(record, lease, offset));
        if (outcome instanceof Refused first && first.reason() == Reason.MESSAGE_ILLEGAL) {
            MessageDraft bare = copies.bare(record, lease, offset);
            outcome = parts.store().append(target, bare);
        }
        if (!(outcome instanceof Refused refused)) {
            refusing = false;
            return true;
        }
        if (refused.reason() == Reason.MESSAGE_ILLEGAL) {
            LOG.error(
                    "event=pop-revival-dropped topic={} offset={} cause=\"{}\"",
                    lease.queue().key().topic(),
                    offset,
                    refused.text());
            return drop(lease, 1L << offset);
        }
        if (!refusing) {
            LOG.warn("event=pop-revival-waits reason={} cause=\"{}\"", refused.reason(), refused.text());
            refusing = true;
        }
        return false;
    }

    private boolean drop(DueLease lease, long bits) {
        PopChange change = new PopChange().dropped(lease.queue().number(), lease.block(), bits);
        return parts.store().appendState(parts.table().name(), change.toBuffer()) instanceof AppendOutcome.Appended;
    }

    /** A message of a retry topic goes to the same one again. */
    private LogQueue retryQueue(PopKey key, String normalTopic) {
        boolean again = !key.topic().equals(normalTopic);
        String name = again
                ? key.topic()
                : PopRetryTopic.of(
                        key.group(), normalTopic, parts.config().get().pops().retryTopicV2());
        TopicConfig topic = parts.topics().createIfAbsent(SystemTopics.topic(name, 1, SystemTopics.READ_WRITE));
        retryTopics.used(name, key.group(), normalTopic);
        return parts.queues().queue(topic, 0);
    }

    private static ByteBuffer copy(ByteBuffer record) {
        return ByteBuffer.allocate(record.remaining()).put(record).flip();
    }
}
