package io.orbitmq.broker.assignment;

import io.orbitmq.broker.AssignmentSettings;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.state.ChangeLostException;
import io.orbitmq.broker.state.StateLog;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.protocol.body.group.MessageRequestMode;
import io.orbitmq.protocol.body.group.RequestMode;
import io.orbitmq.protocol.message.Names;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;

/**
 * Whether groups pull or pop; what was set stays when its topic or group is deleted. Reading is a table lookup. A change is visible when the method returns and durable when its
 * future completes; it fails with {@link ChangeLostException} when the store does not take it. Safe for any thread.
 */
public final class RequestModes {

    private final RequestModeTable table;
    private final StateLog log;
    private final LiveConfig config;

    public RequestModes(RequestModeTable table, StateLog log, LiveConfig config) {
        this.table = table;
        this.log = log;
        this.config = config;
    }

    /** What was set for the topic and group, else the default; retry topics are pulled unless something else was set. */
    public MessageRequestMode of(String topic, String group) {
        return table.find(topic, group).orElseGet(() -> byDefault(topic, group));
    }

    private MessageRequestMode byDefault(String topic, String group) {
        AssignmentSettings settings = config.get().groups().assignment();
        RequestMode mode = Names.isRetryTopic(topic) ? RequestMode.PULL : settings.defaultMode();
        return new MessageRequestMode(topic, group, mode, settings.defaultPopShare());
    }

    /** All that were set; a live view in no order. */
    public Collection<MessageRequestMode> all() {
        return table.all();
    }

    /** Sets the mode of one topic and group. */
    public CompletableFuture<Void> put(MessageRequestMode mode) {
        StateWriter change = new StateWriter();
        RequestModeTable.put(change, mode);
        return log.append(table, change.toBuffer());
    }
}
