package io.orbitmq.broker.send;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.DuplicateMode;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.broker.traffic.TrafficRecorder;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.header.send.SendMessageHeader;
import io.orbitmq.protocol.message.MessageDraft;
import io.orbitmq.protocol.message.SysFlag;
import io.orbitmq.protocol.message.UniqueKeyGenerator;
import io.orbitmq.store.AppendOutcome.Appended;
import io.orbitmq.store.MessageStore;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** What single and batch sends need alike. Safe for any thread. */
final class SendContext {

    private final LiveConfig config;
    private final MessageStore store;
    private final AdvertisedAddress address;
    private final UniqueKeyGenerator uniqueKeys;
    private final TrafficRecorder traffic;
    private final PropertyStamp stamp;
    private final RepeatedSends repeats;
    private final AtomicInteger nextQueue = new AtomicInteger();

    SendContext(
            LiveConfig config,
            MessageStore store,
            AdvertisedAddress address,
            UniqueKeyGenerator uniqueKeys,
            TrafficRecorder traffic,
            RepeatedSends repeats) {
        this.config = config;
        this.store = store;
        this.address = address;
        this.uniqueKeys = uniqueKeys;
        this.traffic = traffic;
        this.repeats = repeats;
        this.stamp = new PropertyStamp(config.get().identity());
    }

    BrokerConfig config() {
        return config.get();
    }

    MessageStore store() {
        return store;
    }

    TrafficRecorder traffic() {
        return traffic;
    }

    PropertyStamp stamp() {
        return stamp;
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
    void stored(Exchange exchange, SendMessageHeader header, TopicConfig topic, String uniqueKey, Appended first) {
        repeats.stored(
                exchange,
                DuplicateMode.of(topic),
                header.topic(),
                header.producerGroup(),
                uniqueKey,
                header.bornTimestamp(),
                first);
    }

    /** The queue asked for, or any writable one in turn when the producer leaves the choice. */
    int chooseQueue(int asked, TopicConfig topic) {
        if (asked >= 0) {
            return asked;
        }
        int queues = topic.writeQueues();
        return queues <= 1 ? 0 : Math.floorMod(nextQueue.getAndIncrement(), queues);
    }

    MessageDraft draft(
            Exchange exchange,
            SendMessageHeader header,
            TopicConfig topic,
            int flag,
            ByteBuffer body,
            ByteBuffer properties,
            byte[] stamp) {
        int sysFlag = SysFlag.withTransactionType(header.sysFlag(), SysFlag.TRANSACTION_NONE);
        if (topic.filterType().equals(TopicConfig.MULTI_TAG)) {
            sysFlag |= SysFlag.MULTI_TAGS;
        }
        return new MessageDraft(
                flag,
                sysFlag,
                header.bornTimestamp(),
                exchange.connection().remoteHost(),
                address.storeHost(),
                header.reconsumeTimes(),
                0,
                body,
                properties,
                stamp);
    }
}
