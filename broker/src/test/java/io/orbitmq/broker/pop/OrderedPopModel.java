package io.orbitmq.broker.pop;

import io.orbitmq.broker.pop.OrderedBatch.Out;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be true of one queue popped in order (protocol/08 section 3): messages come in their order; nothing comes while
 * what was popped before is out; then that comes again from the first message that was not acknowledged; nothing that
 * was acknowledged without a gap before it comes again. After a crash the broker may know any of the pops since the last
 * one that was safe.
 */
final class OrderedPopModel {

    /** What the subscription matches and the log may hold, in the order of the queue. */
    private final List<Message> messages = new ArrayList<>();
    /** From the last one that is safe on. */
    private final List<OrderedBatch> batches = new ArrayList<>(List.of(OrderedBatch.unknown(0, 0, 0)));
    /** Whether the broker knows the last of them, or any. */
    private boolean lastCounts = true;

    private int deliveries;
    private int repeated;

    /** One message. */
    static final class Message {

        private final String body;
        private final long offset;
        private boolean safe;
        private boolean seen;

        private Message(String body, long offset) {
            this.body = body;
            this.offset = offset;
        }

        String body() {
            return body;
        }

        long offset() {
            return offset;
        }

        void isSafe() {
            safe = true;
        }
    }

    Message sending(String body, long offset) {
        Message message = new Message(body, offset);
        messages.add(message);
        return message;
    }

    void refused(Message message) {
        messages.remove(message);
    }

    /** @param minOffset what is before that was removed to make room */
    OrderedBatch delivered(List<String> bodies, long popTimeMs, String attemptId, long untilMs, long minOffset) {
        int first = placeOf(bodies.get(0));
        for (int i = 0; i < bodies.size(); i++) {
            if (first + i >= messages.size() || !messages.get(first + i).body.equals(bodies.get(i))) {
                throw new AssertionError("out of order: " + bodies + " came at " + popTimeMs);
            }
        }
        int floor = floor(minOffset);
        List<OrderedBatch> possible = possible();
        if (possible.stream().noneMatch(batch -> isAt(batch, first, floor))) {
            throw new AssertionError(
                    bodies + " came at " + popTimeMs + " from place " + first + ", expected one of " + possible);
        }
        if (possible.stream()
                .noneMatch(batch -> isAt(batch, first, floor) && !batch.isSurelyOut(popTimeMs, attemptId))) {
            throw new AssertionError(bodies + " came at " + popTimeMs + " while others are out: " + possible);
        }
        List<Message> taken = List.copyOf(messages.subList(first, first + bodies.size()));
        taken.forEach(this::count);
        OrderedBatch batch = OrderedBatch.of(first, taken, popTimeMs, attemptId, untilMs);
        batches.add(batch);
        lastCounts = true;
        return batch;
    }

    private static boolean isAt(OrderedBatch batch, int place, int floor) {
        return batch.low() <= place && place <= Math.max(batch.high(), floor);
    }

    private void count(Message message) {
        deliveries++;
        repeated += message.seen ? 1 : 0;
        message.seen = true;
    }

    /** The pop is safe: what was before is not known any more. */
    void isSafe(OrderedBatch batch) {
        int at = batches.indexOf(batch);
        if (at > 0) {
            batches.subList(0, at).clear();
        }
    }

    /** A pop of which there will be no answer may have succeeded. */
    void perhapsDelivered(long nowMs, String attemptId, long untilMs) {
        if (possible().stream().allMatch(batch -> batch.isSurelyOut(nowMs, attemptId))) {
            return;
        }
        int low = possible().stream().mapToInt(OrderedBatch::low).min().orElseThrow();
        int high = possible().stream().mapToInt(OrderedBatch::high).max().orElseThrow();
        batches.add(OrderedBatch.unknown(low, high, untilMs));
        lastCounts = false;
    }

    /** The message as the pops that the broker may know have it. */
    List<Out> outs(long popTimeMs, Message message) {
        return possible().stream()
                .filter(batch -> batch.isOf(popTimeMs))
                .flatMap(batch -> batch.outs().stream())
                .filter(out -> out.message() == message)
                .toList();
    }

    /** Whether what the broker answers tells of the pops it knows. */
    boolean isCertain() {
        return possible().size() == 1;
    }

    void acknowledging(long popTimeMs, Message message) {
        outs(popTimeMs, message).forEach(Out::acknowledging);
    }

    /**
     * Whatever was not safe may be gone; with {@code everything} also what was.
     *
     * @param endOffset the end of the queue in the new life
     */
    void newLife(boolean everything, long endOffset) {
        for (Message message : messages) {
            if (message.offset >= endOffset && message.safe && !everything) {
                throw new AssertionError(
                        message.body + " at " + message.offset + " is gone, the queue ends at " + endOffset);
            }
        }
        batches.removeIf(batch -> batch.outs().stream().anyMatch(out -> out.message().offset >= endOffset));
        messages.removeIf(message -> message.offset >= endOffset);
        batches.forEach(OrderedBatch::newLife);
        if (everything) {
            batches.clear();
            // any pop may be left, and acknowledgements of it still come
            batches.add(OrderedBatch.unknown(0, messages.size(), Long.MAX_VALUE));
        }
        lastCounts = batches.size() == 1;
    }

    /** Whether a pop must get something. */
    boolean mustDeliver(long nowMs, String attemptId, long minOffset) {
        int floor = floor(minOffset);
        return possible().stream()
                .allMatch(batch -> batch.isSurelyOver(nowMs, attemptId)
                        && messages.stream().skip(Math.max(floor, batch.high())).anyMatch(message -> message.safe));
    }

    void checkComplete(long minOffset) {
        int floor = floor(minOffset);
        if (possible().stream().noneMatch(batch -> Math.max(floor, batch.high()) == messages.size())) {
            throw new AssertionError("not all was popped and acknowledged: " + messages.size()
                    + " messages, the group is at one of " + possible());
        }
    }

    int deliveries() {
        return deliveries;
    }

    int repeated() {
        return repeated;
    }

    @Override
    public String toString() {
        return possible().toString();
    }

    private List<OrderedBatch> possible() {
        return lastCounts ? batches.subList(batches.size() - 1, batches.size()) : batches;
    }

    private int placeOf(String body) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).body.equals(body)) {
                return i;
            }
        }
        throw new AssertionError(body + " was handed out but never sent, or does not match");
    }

    private int floor(long minOffset) {
        int floor = 0;
        while (floor < messages.size() && messages.get(floor).offset < minOffset) {
            floor++;
        }
        return floor;
    }
}
