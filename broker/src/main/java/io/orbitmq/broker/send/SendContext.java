package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.protocol.message.Utf8Range;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** What single and batch sends need alike. Safe for any thread. */
final class SendContext {

    private final LiveConfig config;
    private final MessageStore store;
    private final AdvertisedAddress address;
    private final UniqueKeyGenerator uniqueKeys;
    private final PropertyStamp stamp;
    private final RepeatedSends repeats;
    private final AtomicInteger nextQueue = new AtomicInteger();

    SendContext(
            LiveConfig config,
            MessageStore store,
            AdvertisedAddress address,
            UniqueKeyGenerator uniqueKeys,
            RepeatedSends repeats) {
        this.config = config;
        this.store = store;
        this.address = address;
        this.uniqueKeys = uniqueKeys;
        this.repeats = repeats;
        this.stamp = new PropertyStamp(config.get().identity());
    }

    BrokerConfig config() {
        return config.get();
    }

    MessageStore store() {
        return store;
    }

    /** As it stands in messages and their ids. */
    HostAddress storeHost() {
        return address.storeHost();
    }

    /** What the broker writes behind the producer's properties. */
    byte[] stamp() {
        return stamp.bytes(config().sends().traceOn());
    }

    /** The same with further encoded entries in front. */
    byte[] stamp(byte[] entries) {
        return stamp.bytes(entries, config().sends().traceOn());
    }

    /** The same with further encoded entries in front. */
    byte[] stamp(String entries) {
        return stamp(entries.getBytes(StandardCharsets.UTF_8));
    }

    String nextUniqueKey() {
        return uniqueKeys.next();
    }

    /**
     * Notes a send that was stored, should it be repeated.
     *
     * @param uniqueKey as the producer gave it, of a batch the first message's
     * @param first where the first message stands
     */
    void stored(SendRequest send, Utf8Range uniqueKey, Appended first) {
        if (!uniqueKey.isEmpty()
                && repeats.isNoted(send.exchange(), send.topic().duplicateMode())) {
            repeats.stored(
                    send.exchange(),
                    send.topic().duplicateMode(),
                    RepeatedSends.hash(send.topic().nameHash(), uniqueKey),
                    send.header().groupHash(),
                    send.header().bornTimestamp(),
                    first);
        }
    }

    /** The queue asked for, or any writable one in turn when the producer leaves the choice. */
    int chooseQueue(int asked, SendTopic topic) {
        if (asked >= 0) {
            return asked;
        }
        int queues = topic.config().writeQueues();
        return queues <= 1 ? 0 : Math.floorMod(nextQueue.getAndIncrement(), queues);
    }

    /** @param stamp what goes behind the properties */
    MessageDraft draft(SendRequest send, int flag, ByteBuffer properties, byte[] stamp) {
        ReceivedSend header = send.header();
        Exchange exchange = send.exchange();
        int sysFlag = SysFlag.withTransactionType(header.sysFlag(), SysFlag.TRANSACTION_NONE);
        return new MessageDraft(
                flag,
                send.topic().hasMultiTagFilter() ? sysFlag | SysFlag.MULTI_TAGS : sysFlag,
                header.bornTimestamp(),
                exchange.connection().remoteHost(),
                address.storeHost(),
                header.reconsumeTimes(),
                0,
                exchange.request().body(),
                properties,
                stamp);
    }
}
