package io.orbitmq.broker.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.protocol.body.client.ClientConfigCheck;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.fake.RecordingExchange;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CHECK_CLIENT_CONFIG: protocol/07 section 11. */
final class CheckClientConfigHandlerTest {

    private final LiveConfig config = new LiveConfig(BrokerConfig.defaults(Path.of("store")));
    private final CheckClientConfigHandler handler = new CheckClientConfigHandler(config);

    @Test
    void tagsAreAlwaysFine() {
        config.update(all -> all.withPulls(all.pulls().withPropertyFilter(false)));

        assertThat(check("TAG", "a || b").code()).isZero();
    }

    @Test
    void sqlIsFineWhereItCompiles() {
        assertThat(check("SQL92", "a > 3").code()).isZero();

        Command wrong = check("SQL92", "a >");
        assertThat(wrong.code()).isEqualTo(23);
        assertThat(wrong.remark()).isNotEmpty();
    }

    @Test
    void sqlIsRefusedWhereItIsSwitchedOff() {
        config.update(all -> all.withPulls(all.pulls().withPropertyFilter(false)));

        Command refused = check("SQL92", "a > 3");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.remark()).isEqualTo("The broker does not support consumer to filter message by SQL92");
    }

    @Test
    void unknownLanguagesAreRefused() {
        assertThat(check("GROOVY", "a").code()).isEqualTo(1);
    }

    private Command check(String type, String expression) {
        Subscription subscription = new Subscription("T", expression, List.of(), List.of(), 1, type, false);
        RecordingExchange exchange = new RecordingExchange(Command.request(
                RequestCode.CHECK_CLIENT_CONFIG,
                Fields.NONE,
                ByteBuffer.wrap(new ClientConfigCheck("c", "g", subscription).encode())));
        handler.handle(exchange);
        return exchange.response();
    }
}
