package io.orbitmq.compat.pop;

import io.orbitmq.protocol.frame.Fields;

/**
 * A pop to ask for.
 *
 * @param queueId -1 for all
 * @param pollMs 0 to be answered at once
 * @param fromEnd where a group without offset starts
 * @param attemptId for order pops, empty for none
 */
record PopPlan(
        String topic,
        String group,
        int queueId,
        int max,
        long invisibleMs,
        long pollMs,
        boolean fromEnd,
        String type,
        String expression,
        boolean order,
        String attemptId) {

    static PopPlan of(String topic, String group) {
        return new PopPlan(topic, group, -1, 32, 60_000, 0, false, "TAG", "*", false, "");
    }

    PopPlan queue(int id) {
        return new PopPlan(topic, group, id, max, invisibleMs, pollMs, fromEnd, type, expression, order, attemptId);
    }

    PopPlan max(int count) {
        return new PopPlan(
                topic, group, queueId, count, invisibleMs, pollMs, fromEnd, type, expression, order, attemptId);
    }

    PopPlan invisibleMs(long ms) {
        return new PopPlan(topic, group, queueId, max, ms, pollMs, fromEnd, type, expression, order, attemptId);
    }

    PopPlan pollMs(long ms) {
        return new PopPlan(topic, group, queueId, max, invisibleMs, ms, fromEnd, type, expression, order, attemptId);
    }

    PopPlan startingAtEnd() {
        return new PopPlan(topic, group, queueId, max, invisibleMs, pollMs, true, type, expression, order, attemptId);
    }

    PopPlan filter(String newType, String newExpression) {
        return new PopPlan(
                topic, group, queueId, max, invisibleMs, pollMs, fromEnd, newType, newExpression, order, attemptId);
    }

    PopPlan inOrder(String attempt) {
        return new PopPlan(topic, group, queueId, max, invisibleMs, pollMs, fromEnd, type, expression, true, attempt);
    }

    /** Without the time of asking: the broker then takes its own. */
    Fields toFields(String brokerName) {
        Fields.Builder fields = Fields.builder()
                .put("consumerGroup", group)
                .put("topic", topic)
                .put("queueId", queueId)
                .put("maxMsgNums", max)
                .put("invisibleTime", invisibleMs)
                .put("pollTime", pollMs)
                .put("bornTime", 0)
                .put("initMode", fromEnd ? 1 : 0)
                .put("expType", type)
                .put("exp", expression)
                .put("order", order)
                .put("bname", brokerName);
        if (!attemptId.isEmpty()) {
            fields.put("attemptId", attemptId);
        }
        return fields.build();
    }
}
