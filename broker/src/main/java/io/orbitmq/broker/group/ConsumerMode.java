package io.orbitmq.broker.group;

import io.orbitmq.protocol.body.client.ConsumeType;
import io.orbitmq.protocol.body.client.MessageModel;
import java.util.Objects;

/**
 * How a group consumes (protocol/07 section 1).
 *
 * @param type how it gets messages
 * @param model shared or broadcast
 * @param consumeFromWhere where a group without offsets begins, as the client named it
 */
public record ConsumerMode(ConsumeType type, MessageModel model, String consumeFromWhere) {

    public ConsumerMode {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(consumeFromWhere, "consumeFromWhere");
    }

    /** Whether every member gets every message and keeps its own offsets. */
    public boolean isBroadcasting() {
        return model == MessageModel.BROADCASTING;
    }
}
