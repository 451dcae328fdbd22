package io.orbitmq.broker.manage.broker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orbitmq.broker.delay.DelayProgress;
import io.orbitmq.broker.delay.LevelProgress;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.body.topic.DataVersion;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;

/** GET_ALL_DELAY_OFFSET (45): how far each delay level is, in the shape of delayOffset.json (protocol/05 section 6). */
public final class DelayOffsetsHandler implements RequestHandler {

    private final DelayProgress delays;

    public DelayOffsetsHandler(ManageParts parts) {
        this.delays = parts.delays();
    }

    @Override
    public void handle(Exchange exchange) {
        ObjectNode offsets = Json.object();
        long sum = 0;
        for (LevelProgress level : delays.levels()) {
            offsets.put(Integer.toString(level.level()), level.done());
            sum += level.done();
        }
        ObjectNode body = Json.object();
        body.set("dataVersion", new DataVersion(0, 0, sum).toJson());
        body.set("offsetTable", offsets);
        Replies.body(exchange, Json.writeWithBareNumericNames(body));
    }
}
