package io.orbitmq.nameserver.config;

import io.orbitmq.foundation.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings that passed all checks.
 *
 * @param config what the nameserver starts with
 * @param settings what they were read from
 * @param effective key and value of every setting that is applied
 * @param advice sentences for the operator; none prevents the start
 */
public record LoadedNameserver(
        NameserverConfig config, Settings settings, Map<String, String> effective, List<String> advice) {

    public LoadedNameserver {
        effective = Map.copyOf(effective);
        advice = List.copyOf(advice);
    }

    /** {@code key=value} lines in alphabetical order, for {@code -p} and GET_NAMESRV_CONFIG. */
    public String asProperties() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(effective)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }
}
