package io.orbitmq.broker.manage;

import java.io.IOException;
import java.util.Map;

/** The settings as the operator wrote them: RocketMQ's keys. Any thread. */
public interface OperatorSettings {

    /** No file: nothing to show and nothing to keep. */
    OperatorSettings NONE = new OperatorSettings() {
        @Override
        public Map<String, String> atStart() {
            return Map.of();
        }

        @Override
        public void keep(Map<String, String> changes) {}
    };

    /** Key and effective value of every setting the broker started with. */
    Map<String, String> atStart();

    /** Writes changed settings to the file they came from, so that they outlive a restart. */
    void keep(Map<String, String> changes) throws IOException;
}
