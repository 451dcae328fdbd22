package io.orbitmq.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.transaction.TransactionFixture.Half;
import io.orbitmq.protocol.message.Names;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a producer knows about its transactions, and what must therefore be true of the broker after any crash:
 *
 * <ul>
 *   <li>an acknowledged half message is open, or committed once, or rolled back, or given up once: exactly one of them;
 *   <li>it ended in a way that somebody asked for, or was given up;
 *   <li>once an end was acknowledged, how it ended never changes.
 * </ul>
 */
final class TransactionModel {

    private final Map<String, Known> all = new LinkedHashMap<>();
    long acknowledgedEnds;

    /** How a transaction stands. */
    enum Outcome {
        OPEN,
        COMMITTED,
        ROLLED_BACK,
        GIVEN_UP
    }

    static final class Known {

        final Half half;
        private final Set<Outcome> wanted = EnumSet.noneOf(Outcome.class);
        private Optional<Outcome> fixed = Optional.empty();

        private Known(Half half) {
            this.half = half;
        }
    }

    /** The half message was acknowledged. */
    void began(Half half) {
        all.put(half.key(), new Known(half));
    }

    List<Known> known() {
        return List.copyOf(all.values());
    }

    /** Somebody asks for this end, with an unknown result. */
    void asks(Known known, Outcome outcome) {
        known.wanted.add(outcome);
    }

    /** The end, this or an earlier one, was acknowledged. */
    void acknowledged(TransactionFixture broker, Known known) {
        acknowledgedEnds++;
        Outcome outcome = outcome(broker, known);
        assertThat(outcome).as("the end of %s, just acknowledged", known.half).isNotEqualTo(Outcome.OPEN);
        known.fixed.ifPresent(
                before -> assertThat(outcome).as(known.half.toString()).isEqualTo(before));
        known.fixed = Optional.of(outcome);
    }

    void check(TransactionFixture broker) {
        Map<String, Long> delivered = times(broker.bodies("TopicT", 1));
        Map<String, Long> givenUp = times(broker.bodies(Names.TRANSACTION_GIVEN_UP_TOPIC, 0));
        assertThat(delivered.values()).as("deliveries per message").allMatch(count -> count == 1);
        assertThat(givenUp.values()).as("give-ups per message").allMatch(count -> count == 1);
        for (Known known : all.values()) {
            String body = "body " + known.half.key();
            boolean open = broker.table.find(known.half.position()).isPresent();
            int states = (open ? 1 : 0) + (delivered.containsKey(body) ? 1 : 0) + (givenUp.containsKey(body) ? 1 : 0);
            assertThat(states).as("states of %s", known.half).isLessThanOrEqualTo(1);
            Outcome outcome = outcome(broker, known);
            if (outcome == Outcome.COMMITTED || outcome == Outcome.ROLLED_BACK) {
                assertThat(known.wanted).as("ends asked for of %s", known.half).contains(outcome);
            }
            known.fixed.ifPresent(
                    fixed -> assertThat(outcome).as("the end of %s", known.half).isEqualTo(fixed));
        }
    }

    private static Outcome outcome(TransactionFixture broker, Known known) {
        String body = "body " + known.half.key();
        if (broker.table.find(known.half.position()).isPresent()) {
            return Outcome.OPEN;
        }
        if (broker.bodies("TopicT", 1).contains(body)) {
            return Outcome.COMMITTED;
        }
        return broker.bodies(Names.TRANSACTION_GIVEN_UP_TOPIC, 0).contains(body)
                ? Outcome.GIVEN_UP
                : Outcome.ROLLED_BACK;
    }

    private static Map<String, Long> times(List<String> bodies) {
        Map<String, Long> times = new LinkedHashMap<>();
        bodies.forEach(body -> times.merge(body, 1L, Long::sum));
        return times;
    }
}
