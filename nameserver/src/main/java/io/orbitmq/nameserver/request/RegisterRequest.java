package io.orbitmq.nameserver.request;

import io.orbitmq.nameserver.config.NameserverConfig;
import io.orbitmq.nameserver.kv.KvStore;
import io.orbitmq.nameserver.route.Registration;
import io.orbitmq.nameserver.route.RegistrationOutcome;
import io.orbitmq.protocol.body.broker.TextTable;
import io.orbitmq.protocol.body.topic.RegisterBrokerBody;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.route.RegisterBrokerAnswerHeader;
import io.orbitmq.protocol.header.route.RegisterBrokerHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** REGISTER_BROKER (protocol/02 section 3). */
final class RegisterRequest implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RegisterRequest.class);

    private final NameserverHandlers.Parts parts;

    RegisterRequest(NameserverHandlers.Parts parts) {
        this.parts = parts;
    }

    @Override
    public void handle(Exchange exchange) {
        Command request = exchange.request();
        RegisterBrokerHeader header = RegisterBrokerHeader.from(request.fields());
        if (header.bodyCrc32() != 0 && header.bodyCrc32() != crc(request.body())) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "crc32 not match");
            return;
        }
        RegisterBrokerBody body = RegisterBrokerBody.decode(request.body(), header.compressed(), request.version());
        NameserverConfig config = parts.config().current();
        RegistrationOutcome outcome = parts.routes()
                .register(
                        new Registration(header, body.table(), exchange.connection()),
                        config.brokers().forgetMissingTopics());
        if (outcome instanceof RegistrationOutcome.Refused refused) {
            LOG.warn("event=registration-refused broker={} reason={}", header.brokerName(), refused.text());
            exchange.refuse(ResponseCode.SYSTEM_ERROR, refused.text());
            return;
        }
        if (outcome instanceof RegistrationOutcome.Registered registered) {
            LOG.debug("event=registered broker={} address={}", header.brokerName(), header.brokerAddress());
            registered.minIdChange().ifPresent(parts.minIdListener());
        }
        Answers.succeed(exchange, answer(outcome), orderTopics(config));
        if (!exchange.connection().isOpen()) {
            // It closed while this request waited for its thread; nobody else will notice.
            parts.departures().lost(exchange.connection());
        }
    }

    private static Fields answer(RegistrationOutcome outcome) {
        return outcome instanceof RegistrationOutcome.Registered registered
                ? new RegisterBrokerAnswerHeader(registered.masterHaAddress(), registered.masterAddress()).toFields()
                : Fields.NONE;
    }

    private byte[] orderTopics(NameserverConfig config) {
        if (!config.answers().orderTopicsToBrokers()) {
            return new byte[0];
        }
        return parts.kv()
                .list(KvStore.ORDER_TOPICS)
                .map(table -> new TextTable(table).encode())
                .orElseGet(() -> new byte[0]);
    }

    private static int crc(ByteBuffer body) {
        CRC32 crc = new CRC32();
        crc.update(body.duplicate());
        return (int) crc.getValue() & Integer.MAX_VALUE;
    }
}
