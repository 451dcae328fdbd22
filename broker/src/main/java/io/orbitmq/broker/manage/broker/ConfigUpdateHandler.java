package io.orbitmq.broker.manage.broker;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.manage.Announcer;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.OperatorSettings;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.foundation.config.ConfigException;
import io.orbitmq.foundation.config.KeyCatalogue;
import io.orbitmq.foundation.config.Nearness;
import io.orbitmq.foundation.config.Setting;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.config.SettingsReader;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UPDATE_BROKER_CONFIG (25): a properties text. All keys are judged before any takes effect: a key of the black list or a
 * value that does not fit refuses the whole request. Keys that only a restart reads are kept in the file and said so in
 * the log; unknown keys are answered with success, as the official broker does, and told in the log with the nearest
 * known key.
 */
public final class ConfigUpdateHandler implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigUpdateHandler.class);
    private static final Set<String> BLACK_LIST = Set.of("configBlackList", "brokerConfigPath", "rocketmqHome");
    private static final String BLACK_LIST_KEY = "configBlackList";
    private static final String PERMISSION = "brokerPermission";
    private static final KeyCatalogue NO_CATALOGUE = KeyCatalogue.parse("");

    private final LiveConfig config;
    private final OperatorSettings settings;
    private final Announcer announcer;

    public ConfigUpdateHandler(ManageParts parts) {
        this.config = parts.config();
        this.settings = parts.settings();
        this.announcer = parts.announcer();
    }

    @Override
    public void handle(Exchange exchange) {
        Map<String, String> asked = parse(exchange);
        if (asked.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, "string2Properties error");
            return;
        }
        if (asked.keySet().stream().anyMatch(blackList()::contains)) {
            exchange.refuse(ResponseCode.NO_PERMISSION, "Can not update config in black list.");
            return;
        }
        Set<String> liveKeys;
        try {
            liveKeys = apply(asked);
        } catch (ConfigException e) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, String.join(" ", e.faults()));
            return;
        }
        keep(asked, liveKeys, exchange);
        if (asked.containsKey(PERMISSION)) {
            Replies.whenDone(exchange, announcer.announce(List.of()));
        } else {
            exchange.succeed(Fields.NONE);
        }
    }

    private static Map<String, String> parse(Exchange exchange) {
        Map<String, String> keys = new LinkedHashMap<>();
        String text = new String(exchange.request().bodyBytes(), StandardCharsets.UTF_8);
        try {
            for (Setting setting : Settings.parse(text, "the request").all()) {
                keys.put(setting.key(), setting.value());
            }
        } catch (IOException | ConfigException e) {
            return Map.of();
        }
        return keys;
    }

    private Set<String> blackList() {
        Set<String> keys = new TreeSet<>(BLACK_LIST);
        for (String key : settings.atStart().getOrDefault(BLACK_LIST_KEY, "").split(";")) {
            keys.add(key.trim());
        }
        return keys;
    }

    /** Replaces the live settings; returns the names of all live keys. */
    private Set<String> apply(Map<String, String> asked) {
        List<Set<String>> read = new ArrayList<>();
        config.update(now -> {
            Settings given = Settings.none();
            for (Map.Entry<String, String> key : asked.entrySet()) {
                given = given.overriddenBy(Settings.of(key.getKey(), key.getValue(), "the request"));
            }
            SettingsReader reader = new SettingsReader(given);
            var changed = LiveKeys.apply(now, reader);
            reader.finish(NO_CATALOGUE);
            read.add(reader.keysRead());
            return changed;
        });
        return read.get(0);
    }

    private void keep(Map<String, String> asked, Set<String> liveKeys, Exchange exchange) {
        Map<String, String> known = new LinkedHashMap<>();
        Set<String> startKeys = settings.atStart().keySet();
        asked.forEach((key, value) -> {
            if (liveKeys.contains(key)) {
                known.put(key, value);
                LOG.info("event=setting-changed key={} value={} remote={}", key, value, remote(exchange));
            } else if (startKeys.contains(key)) {
                known.put(key, value);
                LOG.warn(
                        "event=setting-needs-restart key={} value={} remote={} advice=\"kept for the next start\"",
                        key,
                        value,
                        remote(exchange));
            } else {
                warnUnknown(key, liveKeys, startKeys, exchange);
            }
        });
        try {
            settings.keep(known);
        } catch (IOException e) {
            LOG.warn(
                    "event=settings-not-kept keys={} cause=\"{}\" advice=\"in effect until the next start; write them"
                            + " into the configuration file\"",
                    known.keySet(),
                    e.toString());
        }
    }

    private static void warnUnknown(String key, Set<String> liveKeys, Set<String> startKeys, Exchange exchange) {
        Set<String> candidates = new TreeSet<>(liveKeys);
        candidates.addAll(startKeys);
        LOG.warn(
                "event=setting-unknown key={} remote={} advice=\"{}\"",
                key,
                remote(exchange),
                Nearness.nearest(key, candidates)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("it has no effect"));
    }

    private static String remote(Exchange exchange) {
        return exchange.connection().remoteAddress().toString();
    }
}
