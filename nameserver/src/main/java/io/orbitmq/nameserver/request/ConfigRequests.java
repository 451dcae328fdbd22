package io.orbitmq.nameserver.request;

import io.orbitmq.nameserver.config.LiveConfig;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.transport.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nameserver's own settings: 318 and 319 (protocol/02 section 6). */
final class ConfigRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigRequests.class);

    private final LiveConfig config;

    ConfigRequests(LiveConfig config) {
        this.config = config;
    }

    void get(Exchange exchange) {
        Answers.succeed(exchange, config.asProperties().getBytes(StandardCharsets.UTF_8));
    }

    void update(Exchange exchange) {
        String properties = new String(exchange.request().bodyBytes(), StandardCharsets.UTF_8);
        try {
            if (config.update(properties)) {
                Answers.succeed(exchange);
            } else {
                exchange.refuse(ResponseCode.NO_PERMISSION, "Can not update config in black list.");
            }
        } catch (IOException e) {
            LOG.error("event=settings-not-saved action=check-disk", e);
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR,
                    "the settings could not be saved and have not changed: " + e.getMessage());
        }
    }
}
