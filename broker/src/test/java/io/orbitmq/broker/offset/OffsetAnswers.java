package io.orbitmq.broker.offset;

import io.orbitmq.broker.offset.KnownOffsets.Queue;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.transport.fake.RecordingExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Answers to requests that move offsets, held against the model. */
final class OffsetAnswers {

    private final OffsetModel model;
    private final BooleanSupplier powerLost;
    private final List<Asked> asked = new ArrayList<>();
    private final List<HeldPull> held = new ArrayList<>();
    long acknowledged;
    long noticed;

    /** @param stored whether everything it needs was appended, up to a position */
    private record Asked(RecordingExchange exchange, boolean stored, long position) {}

    private record HeldPull(RecordingExchange exchange, Queue queue) {}

    /** @param powerLost whether answers mean nothing any more */
    OffsetAnswers(OffsetModel model, BooleanSupplier powerLost) {
        this.model = model;
        this.powerLost = powerLost;
    }

    boolean meanNothing() {
        return powerLost.getAsBoolean();
    }

    /** The answer of a request whose changes the model expects, perhaps later. Returns whether the store took them all. */
    boolean await(RecordingExchange exchange) {
        if (powerLost.getAsBoolean()) {
            return false;
        }
        long position = model.requestEnd();
        boolean stored = model.endOfRequest();
        if (!stored && position == 0 && !exchange.isAnswered()) {
            throw new AssertionError("the store refused a change, and nobody is told: " + exchange.request());
        }
        asked.add(new Asked(exchange, stored, position));
        return stored;
    }

    /** The pull is answered later. */
    void hold(RecordingExchange exchange, Queue queue) {
        held.add(new HeldPull(exchange, queue));
    }

    /** Takes the answers that came meanwhile. */
    void look() {
        for (Asked ask : List.copyOf(asked)) {
            if (ask.exchange().isAnswered()) {
                asked.remove(ask);
                take(ask);
            }
        }
        List<HeldPull> answered =
                held.stream().filter(pull -> pull.exchange().isAnswered()).toList();
        held.removeAll(answered);
        answered.stream()
                .filter(pull -> isReset(pull.exchange()))
                .forEach(pull -> takeReset(pull.exchange(), pull.queue()));
        for (HeldPull pull : answered) {
            boolean ran = pull.exchange().response().fields().has("nextBeginOffset");
            if (ran && !isReset(pull.exchange()) && model.resetOf(pull.queue()).isPresent()) {
                throw new AssertionError(pull.queue() + " was reset, but a pull of it is told "
                        + pull.exchange().response());
            }
        }
    }

    private void take(Asked ask) {
        Command answer = ask.exchange().response();
        if (answer.code() == ResponseCode.SUCCESS) {
            if (!ask.stored()) {
                throw new AssertionError("the store refused a change, the client is told success: "
                        + ask.exchange().request());
            }
            acknowledged++;
            model.acknowledged(ask.position());
        } else if (answer.remark().isBlank()) {
            throw new AssertionError("nobody is told why " + ask.exchange().request() + " is refused");
        }
    }

    /** A pull of a queue that was reset. */
    void takeReset(RecordingExchange exchange, Queue queue) {
        if (!exchange.isAnswered() || !isReset(exchange)) {
            throw new AssertionError(queue + " was reset to " + model.resetOf(queue) + ", but a pull of it is told "
                    + (exchange.isAnswered() ? exchange.response() : "nothing"));
        }
        noticed++;
        model.noticed(queue, exchange.response().fields().longOr("nextBeginOffset", -1));
    }

    /** Whether a pull of a group is held, which creates the group when it runs again. */
    boolean isHeld(String group) {
        return held.stream().anyMatch(pull -> pull.queue().group().equals(group));
    }

    /** Everybody was answered. */
    void expectNoneLeft() {
        if (!asked.isEmpty() || !held.isEmpty()) {
            throw new AssertionError("nobody ever answers " + asked + held);
        }
    }

    /** Nobody waits any more. */
    void forget() {
        asked.clear();
        held.clear();
    }

    static boolean isReset(RecordingExchange exchange) {
        return exchange.response().remark().equals("OFFSET_RESET");
    }

    static void expectRefusal(RecordingExchange exchange, int code, String text) {
        Command answer = exchange.response();
        if (answer.code() != code || !answer.remark().contains(text)) {
            throw new AssertionError("expected code " + code + " and '" + text + "', found " + answer);
        }
    }
}
