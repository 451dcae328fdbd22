package io.orbitmq.broker.manage.broker;

import io.orbitmq.broker.BrokerConfig;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.config.SettingsReader;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.broker.BrokerConfigAnswerHeader;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * GET_BROKER_CONFIG (26): the settings that take effect here, one {@code key=value} per line, sorted: those of the start,
 * with the present value of those that were changed since.
 */
public final class ConfigReadHandler implements RequestHandler {

    private static final String MASTER_ROLE = "ASYNC_MASTER";

    private final LiveConfig config;
    private final OperatorSettings settings;

    public ConfigReadHandler(ManageParts parts) {
        this.config = parts.config();
        this.settings = parts.settings();
    }

    @Override
    public void handle(Exchange exchange) {
        StringBuilder text = new StringBuilder();
        settingsNow()
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        exchange.answer(Command.response(
                exchange.request(),
                ResponseCode.SUCCESS,
                "",
                new BrokerConfigAnswerHeader(Json.text(DataVersion.ZERO.toJson())).toFields(),
                ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8))));
    }

    private Map<String, String> settingsNow() {
        Map<String, String> all = new TreeMap<>(settings.atStart());
        SettingsReader live = new SettingsReader(Settings.none());
        LiveKeys.apply(config.get(), live);
        all.putAll(live.effective());
        addIdentity(all);
        all.put("brokerRole", MASTER_ROLE);
        all.put("slaveReadEnable", "false");
        all.put("useTLS", "false");
        return all;
    }

    /** What tools look for even when the broker was started without a file. */
    private void addIdentity(Map<String, String> all) {
        BrokerConfig now = config.get();
        all.putIfAbsent("brokerClusterName", now.identity().clusterName());
        all.putIfAbsent("brokerName", now.identity().brokerName());
        all.putIfAbsent("brokerId", Long.toString(now.identity().brokerId()));
        all.putIfAbsent("brokerIP1", now.identity().advertisedHost());
        all.putIfAbsent("listenPort", Integer.toString(now.network().listenPort()));
        all.putIfAbsent("autoCreateTopicEnable", Boolean.toString(now.topics().autoCreate()));
        all.putIfAbsent("traceTopicEnable", Boolean.toString(now.topics().traceTopic()));
        all.putIfAbsent("msgTraceTopicName", now.topics().traceTopicName());
        all.putIfAbsent("flushDiskType", now.store().flushMode().name());
        all.putIfAbsent(
                "fileReservedTime", Long.toString(now.store().retention().toHours()));
        all.putIfAbsent("maxMessageSize", Integer.toString(now.sends().maxBodyBytes()));
    }
}
