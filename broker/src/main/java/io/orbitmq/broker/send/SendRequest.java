package io.orbitmq.broker.send;

import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.transport.Exchange;

/**
 * A send that was admitted, with all that its handling looks at.
 *
 * @param exchange the request and who waits for the answer
 * @param header what its fields say
 * @param topic where to; it exists
 * @param scan what its properties say
 */
record SendRequest(Exchange exchange, ReceivedSend header, SendTopic topic, PropertyScan scan) {

    /** Looks through the properties. */
    SendRequest(Exchange exchange, ReceivedSend header, SendTopic topic) {
        this(exchange, header, topic, PropertyScan.of(header.properties()));
    }

    /** The same on an exchange that stands for this one. */
    SendRequest on(Exchange held) {
        return new SendRequest(held, header, topic, scan);
    }
}
