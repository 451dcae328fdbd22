package io.orbitmq.broker.pop;

import io.orbitmq.protocol.header.pop.ReceiptHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be true of popped messages: each acknowledged send is handed out until it is acknowledged; none is handed out
 * while an earlier delivery is out, nor after it was acknowledged in time. What a crash may have taken away excuses both.
 */
final class PopModel {

    private final Map<String, Message> all = new LinkedHashMap<>();
    private final List<Delivery> open = new ArrayList<>();
    private int deliveries;
    private int repeated;

    /** One message. */
    static final class Message {

        private final String body;
        private boolean sent;
        private boolean done;
        private boolean perhapsLost;
        private final List<Delivery> deliveries = new ArrayList<>();

        private Message(String body) {
            this.body = body;
        }

        String body() {
            return body;
        }

        void stored() {
            sent = true;
        }
    }

    /** One time a message was handed out. */
    static final class Delivery {

        private final Message message;
        private final String topic;
        private ReceiptHandle handle;
        private long hiddenUntilMs;
        private boolean popSafe;
        private int unsafeChanges;
        private boolean acked;

        private Delivery(Message message, String topic, ReceiptHandle handle) {
            this.message = message;
            this.topic = topic;
            this.handle = handle;
            this.hiddenUntilMs = handle.popTimeMs() + handle.invisibleTimeMs();
        }

        String topic() {
            return topic;
        }

        ReceiptHandle handle() {
            return handle;
        }

        void isCertain() {
            popSafe = true;
        }

        /** Neither the pop nor a new time of it may have been taken away by a crash. */
        private boolean certain() {
            return popSafe && unsafeChanges == 0;
        }

        void acknowledging() {
            message.done = true;
        }

        /** The acknowledgement is safe; in time it was the last word. */
        void acknowledged(long nowMs) {
            acked = nowMs < hiddenUntilMs;
        }

        /** Until it is safe the old time may hold, or the new one. */
        void changing(long untilMs) {
            hiddenUntilMs = Math.min(hiddenUntilMs, untilMs);
            unsafeChanges++;
        }

        /** The broker has refused. */
        void notChanged() {
            unsafeChanges--;
        }

        /** A client goes on with the new handle at once. */
        void answered(ReceiptHandle renewed) {
            handle = renewed;
        }

        /** The new time is safe; of a message whose time was over it means nothing. */
        void changed(ReceiptHandle renewed, boolean inTime) {
            unsafeChanges--;
            if (inTime) {
                hiddenUntilMs = renewed.popTimeMs() + renewed.invisibleTimeMs();
            }
        }

        long hiddenUntilMs() {
            return hiddenUntilMs;
        }
    }

    Message sending(int number) {
        Message message = new Message("m" + number);
        all.put(message.body, message);
        return message;
    }

    void refused(Message message) {
        all.remove(message.body);
    }

    Delivery delivered(String body, String topic, ReceiptHandle handle, long nowMs) {
        Message message = all.get(body);
        if (message == null) {
            throw new AssertionError(body + " was handed out but never sent");
        }
        for (Delivery before : message.deliveries) {
            if (before.certain() && before.acked) {
                throw new AssertionError(body + " was handed out again at " + nowMs + " after it was acknowledged: "
                        + before.handle.text());
            }
            if (before.certain() && before.hiddenUntilMs > nowMs) {
                throw new AssertionError(body + " was handed out again " + (before.hiddenUntilMs - nowMs)
                        + " ms early; before: " + before.handle.text() + ", now: " + handle.text());
            }
        }
        Delivery delivery = new Delivery(message, topic, handle);
        repeated += message.deliveries.isEmpty() ? 0 : 1;
        message.deliveries.add(delivery);
        open.add(delivery);
        deliveries++;
        return delivery;
    }

    List<Delivery> open() {
        return open;
    }

    /** Whatever was not safe may be gone; with {@code everything} also what was. */
    void newLife(boolean everything) {
        for (Message message : all.values()) {
            message.perhapsLost |= everything || !message.sent;
            if (everything) {
                message.deliveries.forEach(delivery -> delivery.popSafe = false);
            }
        }
        if (everything) {
            open.clear();
        }
    }

    /** Old messages were given up for room on the disk; these can still be read, perhaps as copies. */
    void kept(Set<String> bodies) {
        for (Message message : all.values()) {
            message.perhapsLost |= message.sent && !bodies.contains(message.body);
        }
    }

    void checkComplete() {
        for (Message message : all.values()) {
            if (message.sent && !message.perhapsLost && !message.done) {
                throw new AssertionError(message.body + " was never handed out and acknowledged; deliveries: "
                        + message.deliveries.stream()
                                .map(delivery -> delivery.handle.text())
                                .toList());
            }
        }
    }

    int deliveries() {
        return deliveries;
    }

    int repeated() {
        return repeated;
    }
}
