package io.orbitmq.server.config;

import java.util.List;
import java.util.Map;

/**
 * Settings that passed all checks.
 *
 * @param <C> the component's record
 * @param config what the component starts with
 * @param effective RocketMQ key and effective value of every setting that is applied, in the order of the documentation
 * @param advice sentences for the operator; none prevents the start
 */
public record LoadedConfig<C>(C config, Map<String, String> effective, List<String> advice) {

    public LoadedConfig {
        advice = List.copyOf(advice);
    }

    /** One {@code key=value} per line, as in a properties file. */
    public String asProperties() {
        StringBuilder text = new StringBuilder();
        effective.forEach(
                (key, value) -> text.append(key).append('=').append(value).append(System.lineSeparator()));
        return text.toString();
    }
}
