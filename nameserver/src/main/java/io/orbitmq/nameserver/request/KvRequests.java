package io.orbitmq.nameserver.request;

import io.orbitmq.nameserver.kv.KvStore;
import io.orbitmq.protocol.body.broker.TextTable;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.route.KvAnswerHeader;
import io.orbitmq.protocol.header.route.KvHeader;
import io.orbitmq.transport.Exchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Key-value settings: 100, 101, 102, 219 (protocol/02 section 6). */
final class KvRequests {

    private static final Logger LOG = LoggerFactory.getLogger(KvRequests.class);

    private final KvStore kv;

    KvRequests(KvStore kv) {
        this.kv = kv;
    }

    void put(Exchange exchange) {
        KvHeader header = KvHeader.from(exchange.request().fields());
        if (header.namespace().isEmpty() || header.key().isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "namespace or key is null");
            return;
        }
        change(exchange, () -> kv.put(header.namespace(), header.key(), header.value()));
    }

    void get(Exchange exchange) {
        KvHeader header = KvHeader.from(exchange.request().fields());
        Optional<String> value = kv.find(header.namespace(), header.key());
        if (value.isPresent()) {
            exchange.succeed(new KvAnswerHeader(value.get()).toFields());
        } else {
            exchange.refuse(
                    ResponseCode.QUERY_NOT_FOUND,
                    "No config item, Namespace: " + header.namespace() + " Key: " + header.key());
        }
    }

    void delete(Exchange exchange) {
        KvHeader header = KvHeader.from(exchange.request().fields());
        change(exchange, () -> kv.delete(header.namespace(), header.key()));
    }

    void list(Exchange exchange) {
        KvHeader header = KvHeader.from(exchange.request().fields());
        Optional<Map<String, String>> table = kv.list(header.namespace());
        if (table.isPresent()) {
            Answers.succeed(exchange, new TextTable(table.get()).encode());
        } else {
            exchange.refuse(ResponseCode.QUERY_NOT_FOUND, "No config item, Namespace: " + header.namespace());
        }
    }

    private static void change(Exchange exchange, Change change) {
        try {
            change.apply();
            Answers.succeed(exchange);
        } catch (IOException e) {
            LOG.error("event=kv-not-saved action=check-disk", e);
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR, "the setting could not be saved and has not changed: " + e.getMessage());
        }
    }

    private interface Change {

        void apply() throws IOException;
    }
}
