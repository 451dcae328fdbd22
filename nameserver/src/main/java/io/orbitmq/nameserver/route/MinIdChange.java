package io.orbitmq.nameserver.route;

import io.orbitmq.protocol.header.route.MinBrokerIdHeader;
import java.util.List;

/**
 * The smallest id under a broker name changed (protocol/02 section 7).
 *
 * @param receivers addresses of the replicas to tell
 * @param header what to tell
 */
public record MinIdChange(List<String> receivers, MinBrokerIdHeader header) {

    public MinIdChange {
        receivers = List.copyOf(receivers);
    }
}
