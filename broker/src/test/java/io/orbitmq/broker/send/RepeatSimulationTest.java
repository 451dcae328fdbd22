package io.orbitmq.broker.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.Names;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.testkit.Dice;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three producers send one message after the other, and again until an answer arrives, while connections break at every
 * step, flushes take long and the machine crashes. Whatever happens, a message stands in the log once for every send that
 * the application meant.
 */
final class RepeatSimulationTest {

    private static final int PRODUCERS = 3;
    private static final int STEPS = 400;
    private static final String[] KINDS = {"", "", "DELAY^3~", "TRAN_MSG^true~PGROUP^PG_T1~"};

    /** What one producer is at. */
    private static final class Producer {

        private RecordingConnection connection;
        private String key = "";
        private String kind = "";
        private boolean open;
        private long sinceMs;
    }

    private Random random = new Random(0);
    private RepeatWorld world;
    private final Producer[] producers = new Producer[PRODUCERS];
    private final Map<String, Integer> meant = new LinkedHashMap<>();
    private final Map<String, String> history = new HashMap<>();
    private boolean crashing;
    private int nextKey;
    private int repeated;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everySendIsStoredOnceForEachTimeItWasMeant(long seed) throws IOException {
        play(seed, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void soItIsWhenTheMachineCrashes(long seed) throws IOException {
        play(seed, true);
    }

    private void play(long seed, boolean withCrashes) throws IOException {
        crashing = withCrashes;
        random = Dice.of(seed);
        world = new RepeatWorld(seed);
        for (int i = 0; i < PRODUCERS; i++) {
            producers[i] = new Producer();
            producers[i].connection = world.connect();
        }
        for (int step = 0; step < STEPS; step++) {
            step(producers[random.nextInt(PRODUCERS)]);
        }
        for (Producer producer : producers) {
            while (producer.open) {
                attempt(producer);
            }
        }
        world.store.endTurn();
        assertThat(wrong()).as("seed %d", seed).isEmpty();
        assertThat(repeated).as("repeats with seed %d", seed).isGreaterThan(20);
        assertThat(world.repeats.counts().recognised()).isPositive();
    }

    private void step(Producer producer) throws IOException {
        world.pass(Duration.ofMillis(random.nextInt(300)));
        if (random.nextInt(4) == 0) {
            world.storeScheduler.advance(Duration.ZERO);
        }
        if (!producer.open) {
            producer.key = "K" + nextKey++;
            producer.kind = KINDS[random.nextInt(KINDS.length)];
            producer.open = true;
            producer.sinceMs = world.clock.epochMs();
            meant.put(producer.key, 1);
        } else {
            repeated++;
        }
        int what = random.nextInt(10);
        history.merge(producer.key, producer.kind + what, (all, one) -> all + " " + one);
        switch (what) {
            case 0 -> cut(producer);
            case 1, 2 -> {
                send(producer);
                cut(producer);
            }
            case 3 -> brokenUnnoticed(producer);
            case 4, 5 -> slowly(producer);
            case 6 -> crash(producer);
            default -> attempt(producer);
        }
    }

    /** One try that is answered, after which the application may want to send the same once more. */
    private void attempt(Producer producer) {
        if (!isAnswered(send(producer))) {
            cut(producer);
            return;
        }
        producer.open = false;
        if (random.nextInt(5) == 0) {
            RecordingExchange again = send(producer);
            assertThat(isAnswered(again)).isTrue();
            meant.merge(producer.key, 1, Integer::sum);
        }
    }

    /** The flush takes longer than the producer waits: it closes the connection and tries again. */
    private void slowly(Producer producer) {
        world.store.hold(true);
        RecordingExchange first = send(producer);
        if (isAnswered(first)) {
            // a repeat of what is on disk already
            producer.open = false;
            world.store.hold(false);
            return;
        }
        world.pass(Duration.ofMillis(3000));
        if (random.nextBoolean()) {
            cut(producer);
        }
        RecordingExchange second = send(producer);
        world.store.hold(false);
        world.pass(Duration.ofMillis(100));
        first.endTurn();
        if (isAnswered(second)) {
            producer.open = false;
        } else {
            cut(producer);
        }
    }

    /** The producer is back before the broker has noticed that the connection is gone. */
    private void brokenUnnoticed(Producer producer) {
        send(producer);
        RecordingConnection broken = producer.connection;
        broken.close();
        producer.connection = world.connect();
        RecordingExchange second = send(producer);
        world.repeats.closed(broken);
        world.pass(Duration.ofMillis(100));
        if (isAnswered(second)) {
            producer.open = false;
        } else {
            cut(producer);
        }
    }

    /** A restart knows what was stored in the last seconds before: a message tried for longer is beyond it. */
    private void crash(Producer producer) throws IOException {
        if (!crashing) {
            attempt(producer);
            return;
        }
        for (Producer one : producers) {
            if (one.open && world.clock.epochMs() - one.sinceMs > 4500) {
                attempt(producer);
                return;
            }
        }
        boolean beforeFlush = random.nextBoolean();
        if (beforeFlush) {
            world.store.hold(true);
        }
        send(producer);
        world.crash();
        for (Producer one : producers) {
            one.connection.close();
            one.connection = world.connect();
        }
    }

    private void cut(Producer producer) {
        world.cut(producer.connection);
        producer.connection = world.connect();
    }

    private RecordingExchange send(Producer producer) {
        Command message = world.message(
                RepeatWorld.TOPIC, "UNIQ_KEY^" + producer.key + "~" + producer.kind, "body of " + producer.key);
        return world.send(producer.connection, message);
    }

    private static boolean isAnswered(RecordingExchange exchange) {
        exchange.endTurn();
        return exchange.isAnswered() && exchange.response().code() == 0;
    }

    /** Keys that do not stand in the log as often as meant. */
    private Map<String, String> wrong() {
        Map<String, Integer> stored = stored();
        Map<String, String> wrong = new LinkedHashMap<>();
        meant.forEach((key, times) -> {
            if (!times.equals(stored.get(key))) {
                wrong.put(key, "meant " + times + " stored " + stored.get(key) + " " + history.get(key));
            }
        });
        return wrong;
    }

    private Map<String, Integer> stored() {
        Map<String, Integer> counts = new HashMap<>();
        for (int queueId = 0; queueId < 4; queueId++) {
            count(counts, RepeatWorld.TOPIC, queueId);
        }
        count(counts, Names.SCHEDULE_TOPIC, 2);
        count(counts, Names.HALF_TOPIC, 0);
        return counts;
    }

    private void count(Map<String, Integer> counts, String topic, int queueId) {
        for (ByteBuffer record : world.records(topic, queueId)) {
            counts.merge(MessageRecord.property(record, 0, PropertyNames.UNIQ_KEY), 1, Integer::sum);
        }
    }
}
