package io.orbitmq.broker.send;

import io.orbitmq.protocol.header.send.ReceivedSend;
import io.orbitmq.transport.Exchange;

/**
 * A send that was admitted.
 *
 * @param exchange the request and who waits for the answer
 * @param header what it says
 * @param topic where to
 * @param scan of its properties
 */
record SendRequest(Exchange exchange, ReceivedSend header, SendTopic topic, PropertyScan scan) {

    /** The same on an exchange that stands for this one. */
    SendRequest on(Exchange held) {
        return new SendRequest(held, header, topic, scan);
    }
}
