package io.orbitmq.broker.reply;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.request.AdvertisedAddress;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.protocol.header.send.ReplyPushHeader;
import io.orbitmq.protocol.message.HostAddress;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.transport.Exchange;
import java.nio.ByteBuffer;

/** Makes PUSH_REPLY_MESSAGE_TO_CLIENT (326) of a reply (protocol/04 section 5). Stateless. */
public final class ReplyPush {

    private final LiveConfig config;
    private final AdvertisedAddress address;
    private final Clock clock;

    public ReplyPush(LiveConfig config, AdvertisedAddress address, Clock clock) {
        this.config = config;
        this.address = address;
        this.clock = clock;
    }

    /** The request to the producer; it has a copy of the reply's body. */
    Command request(Exchange exchange, ReceivedSend header, MessageProperties properties) {
        long now = clock.epochMs();
        String pushed = properties
                .copy()
                .put(PropertyNames.PUSH_REPLY_TIME, Long.toString(now))
                .put(PropertyNames.MSG_REGION, config.get().identity().regionId())
                .put(
                        PropertyNames.TRACE_ON,
                        Boolean.toString(config.get().sends().traceOn()))
                .encode();
        ReplyPushHeader push = new ReplyPushHeader(
                header.producerGroup(),
                header.topic(),
                header.defaultTopic(),
                header.defaultTopicQueueNums(),
                header.queueId(),
                header.sysFlag(),
                header.bornTimestamp(),
                header.flag(),
                pushed,
                header.reconsumeTimes(),
                header.unitMode(),
                HostAddress.of(exchange.connection().remoteAddress()).toString(),
                address.text(),
                now);
        return Command.request(
                RequestCode.PUSH_REPLY_MESSAGE_TO_CLIENT,
                push.toFields(),
                ByteBuffer.wrap(exchange.request().bodyBytes()));
    }
}
