package io.orbitmq.broker.delay;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.request.Refusal;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.message.MessageProperties;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.MessageStore;
import java.time.Duration;

/**
 * Decides whether a message is delivered later, and prepares its properties for waiting (protocol/06 sections 1 and 2). A
 * level wins over a time. Unlike RocketMQ a time is kept to the millisecond. Safe for any thread.
 */
public final class DelayedSends {

    private static final DelayPlan AT_ONCE = new DelayPlan.AtOnce();
    private static final long MS_PER_SECOND = 1000;

    private final LiveConfig config;
    private final MessageStore store;
    private final DelayTable table;
    private final Clock clock;

    public DelayedSends(LiveConfig config, MessageStore store, DelayTable table, Clock clock) {
        this.config = config;
        this.store = store;
        this.table = table;
        this.clock = clock;
    }

    /**
     * Plans a message by its properties, which are changed if it waits.
     *
     * @param properties as the producer sent them
     * @param topic where it goes in the end
     * @param queueId of that topic
     */
    public DelayPlan plan(MessageProperties properties, String topic, int queueId) {
        if (properties.has(PropertyNames.DELAY)) {
            int level;
            try {
                level = config.get().delays().clamp(Integer.parseInt(properties.get(PropertyNames.DELAY)));
            } catch (NumberFormatException e) {
                return new DelayPlan.Refused(new Refusal(
                        ResponseCode.SYSTEM_ERROR,
                        "the property DELAY must be the number of a delay level, found '"
                                + properties.get(PropertyNames.DELAY) + "'"));
            }
            if (level > 0) {
                return atLevel(properties, topic, queueId, level);
            }
        }
        return isTimed(properties) ? timed(properties, topic, queueId) : AT_ONCE;
    }

    /**
     * Lets a message wait for a time: in the level that waits exactly so long, else with a time of its own. Without such
     * times the next longer level, or the longest, must do.
     */
    public DelayPlan.Later after(MessageProperties properties, String topic, int queueId, Duration delay) {
        DelaySettings settings = config.get().delays();
        int level = settings.timers() ? settings.levels().indexOf(delay) + 1 : longEnough(settings, delay);
        if (level > 0) {
            return atLevel(properties, topic, queueId, level);
        }
        removeTimers(properties);
        properties.remove(PropertyNames.DELAY);
        return until(properties, topic, queueId, clock.epochMs() + delay.toMillis());
    }

    /**
     * Lets a message wait in a level.
     *
     * @param level from 1 to the highest
     */
    public DelayPlan.Later atLevel(MessageProperties properties, String topic, int queueId, int level) {
        removeTimers(properties);
        properties
                .put(PropertyNames.DELAY, Integer.toString(level))
                .put(PropertyNames.REAL_TOPIC, topic)
                .put(PropertyNames.REAL_QID, Integer.toString(queueId));
        return new DelayPlan.Later(store.queue(Names.SCHEDULE_TOPIC, level - 1), 0);
    }

    private static boolean isTimed(MessageProperties properties) {
        boolean asked = properties.has(PropertyNames.TIMER_DELAY_SEC)
                || properties.has(PropertyNames.TIMER_DELAY_MS)
                || properties.has(PropertyNames.TIMER_DELIVER_MS);
        return asked && !properties.has(PropertyNames.TIMER_OUT_MS);
    }

    private DelayPlan timed(MessageProperties properties, String topic, int queueId) {
        DelaySettings settings = config.get().delays();
        if (!settings.timers()) {
            return refused(
                    ResponseCode.SYSTEM_ERROR, "accurate timer message is not enabled, timerWheelEnable is false");
        }
        long nowMs = clock.epochMs();
        long dueMs;
        try {
            dueMs = askedMs(properties, nowMs);
        } catch (NumberFormatException | ArithmeticException e) {
            return illegal(settings);
        }
        boolean recall = properties.has(PropertyNames.TIMER_DEL_UNIQKEY);
        if (dueMs <= nowMs) {
            return recall ? illegal(settings) : AT_ONCE;
        }
        if (dueMs > nowMs + settings.maxDelay().toMillis()) {
            return illegal(settings);
        }
        return until(properties, topic, queueId, dueMs);
    }

    private DelayPlan.Later until(MessageProperties properties, String topic, int queueId, long dueMs) {
        properties
                .remove(PropertyNames.TIMER_ROLL_TIMES)
                .remove(PropertyNames.TIMER_ENQUEUE_MS)
                .remove(PropertyNames.TIMER_DEQUEUE_MS)
                .put(PropertyNames.TIMER_OUT_MS, Long.toString(dueMs))
                .put(PropertyNames.REAL_TOPIC, topic)
                .put(PropertyNames.REAL_QID, Integer.toString(queueId));
        // after the clock was set back, store times stand still until it has caught up
        long storeMs = Math.max(clock.epochMs(), table.latestStoreMs());
        int waitsIn =
                TimerQueues.queueIdFor(dueMs, storeMs, config.get().store().retention());
        return new DelayPlan.Later(store.queue(Names.TIMER_TOPIC, waitsIn), dueMs);
    }

    private static int longEnough(DelaySettings settings, Duration delay) {
        int level = 1;
        while (level < settings.levels().size() && settings.ofLevel(level).compareTo(delay) < 0) {
            level++;
        }
        return level;
    }

    /** The first that is present wins. */
    private static long askedMs(MessageProperties properties, long nowMs) {
        if (properties.has(PropertyNames.TIMER_DELAY_SEC)) {
            long seconds = Long.parseLong(properties.get(PropertyNames.TIMER_DELAY_SEC));
            return Math.addExact(nowMs, Math.multiplyExact(seconds, MS_PER_SECOND));
        }
        if (properties.has(PropertyNames.TIMER_DELAY_MS)) {
            return Math.addExact(nowMs, Long.parseLong(properties.get(PropertyNames.TIMER_DELAY_MS)));
        }
        return Long.parseLong(properties.get(PropertyNames.TIMER_DELIVER_MS));
    }

    private static void removeTimers(MessageProperties properties) {
        properties
                .remove(PropertyNames.TIMER_DELAY_SEC)
                .remove(PropertyNames.TIMER_DELAY_MS)
                .remove(PropertyNames.TIMER_DELIVER_MS);
    }

    private static DelayPlan illegal(DelaySettings settings) {
        return refused(
                ResponseCode.MESSAGE_ILLEGAL,
                "timer message illegal, the delay time should not be bigger than the max delay "
                        + settings.maxDelay().toMillis()
                        + "ms; or if set del msg, the delay time should be bigger than the current time");
    }

    private static DelayPlan refused(int code, String text) {
        return new DelayPlan.Refused(new Refusal(code, text));
    }
}
