package io.orbitmq.nameserver.config;

import io.orbitmq.foundation.config.ConfigException;
import io.orbitmq.foundation.config.Setting;
import io.orbitmq.foundation.config.Settings;
import io.orbitmq.foundation.file.Disk;
import io.orbitmq.nameserver.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that run, changed by UPDATE_NAMESRV_CONFIG (protocol/02 section 6). Reads never wait. A change is written
 * to the settings file, whose previous content is kept beside it, and only then takes effect.
 */
public final class LiveConfig {

    private static final Logger LOG = LoggerFactory.getLogger(LiveConfig.class);
    private static final Set<String> ALWAYS_BLACK =
            Set.of("configBlackList", "configStorePath", "kvConfigPath", "rocketmqHome");

    private final AtomicFile file;
    private volatile LoadedNameserver loaded;

    public LiveConfig(LoadedNameserver loaded, Disk disk) {
        this.loaded = loaded;
        this.file = new AtomicFile(disk, loaded.config().files().configStore());
    }

    public NameserverConfig current() {
        return loaded.config();
    }

    /** All applied settings as text. */
    public String asProperties() {
        return loaded.asProperties();
    }

    /**
     * Applies {@code key=value} lines. Unknown keys and values that do not fit are passed over, as official nameservers
     * do, and logged.
     *
     * @return false when a key is on the black list; nothing has changed then
     * @throws IOException when the file could not be written; nothing has changed then
     */
    public synchronized boolean update(String properties) throws IOException {
        Settings changes = Settings.parse(properties, "the request");
        Set<String> black = blackList();
        if (changes.all().stream().map(Setting::key).anyMatch(black::contains)) {
            return false;
        }
        LoadedNameserver next = loaded;
        for (Setting change : changes.all()) {
            next = with(next, change);
        }
        if (next != loaded) {
            file.replaceKeepingBackup(next.asProperties().getBytes(StandardCharsets.UTF_8));
            loaded = next;
        }
        return true;
    }

    private static LoadedNameserver with(LoadedNameserver before, Setting change) {
        if (!before.effective().containsKey(change.key())) {
            LOG.warn("event=setting-ignored key={} reason=unknown", change.key());
            return before;
        }
        Settings one = Settings.of(change.key(), change.value(), change.origin());
        try {
            LoadedNameserver after = NameserverKeys.load(before.settings().overriddenBy(one), before.config());
            LOG.info("event=setting-changed key={} value={}", change.key(), change.value());
            return after;
        } catch (ConfigException e) {
            LOG.warn("event=setting-ignored key={} reason={}", change.key(), e.getMessage());
            return before;
        }
    }

    private Set<String> blackList() {
        Set<String> configured = Arrays.stream(
                        loaded.config().answers().blackList().split(";"))
                .map(String::trim)
                .collect(Collectors.toSet());
        configured.addAll(ALWAYS_BLACK);
        return configured;
    }
}
