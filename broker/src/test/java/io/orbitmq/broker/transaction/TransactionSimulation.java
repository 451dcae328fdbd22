package io.orbitmq.broker.transaction;

import io.orbitmq.broker.TransactionSettings;
import io.orbitmq.broker.fake.RandomCrashes;
import io.orbitmq.broker.fake.SmallStore;
import io.orbitmq.broker.transaction.TransactionFixture.Half;
import io.orbitmq.broker.transaction.TransactionModel.Known;
import io.orbitmq.broker.transaction.TransactionModel.Outcome;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Fields;
import io.orbitmq.protocol.header.query.ResolveTransactionHeader;
import io.orbitmq.protocol.header.send.CheckTransactionHeader;
import io.orbitmq.protocol.header.send.SendAnswerHeader;
import io.orbitmq.protocol.message.OffsetMessageId;
import io.orbitmq.store.StoreConfig;
import io.orbitmq.store.node.SteppedStore;
import io.orbitmq.testkit.Dice;
import io.orbitmq.testkit.SimulatedClock;
import io.orbitmq.testkit.SimulatedScheduler;
import io.orbitmq.testkit.disk.SimulatedDisk;
import io.orbitmq.transport.fake.RecordingConnection;
import io.orbitmq.transport.fake.RecordingExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A life of a broker with transactions, decided by a seed: half messages, ends that come once, twice, contradicting or
 * never, check-backs and their answers, operators, give-ups, restarts, kills and crashes at any write.
 */
final class TransactionSimulation {

    private static final Path ROOT = Path.of("/sim/store");
    private static final int STEPS = 150;
    private static final int COMMIT = 8;
    private static final int ROLL_BACK = 12;

    private final Random chance;
    private final SimulatedDisk disk;
    private final SimulatedClock clock = new SimulatedClock();
    private final TransactionModel model = new TransactionModel();
    private final RandomCrashes planned;
    private final long segmentBytes;
    private SteppedStore store;
    private TransactionFixture broker;
    private RecordingConnection asked = new RecordingConnection();
    private int answered;
    private int keys;
    long crashes;

    TransactionSimulation(long seed) {
        this.chance = Dice.of(seed);
        this.disk = new SimulatedDisk(seed);
        this.planned = new RandomCrashes(disk, chance, 15, 30);
        this.segmentBytes = 4096L << chance.nextInt(4);
    }

    long acknowledgedEnds() {
        return model.acknowledgedEnds;
    }

    void run() throws IOException {
        openThroughCrashes();
        planned.play(STEPS, this::step, this::crash);
        planned.end();
        store.close();
        openThroughCrashes();
    }

    private void step() throws IOException {
        switch (chance.nextInt(16)) {
            case 0, 1, 2, 3, 4 -> begin();
            case 5, 6, 7, 8 -> end();
            case 9 -> resolve();
            case 10, 11, 12 -> broker.scheduler.advance(Duration.ofMillis(chance.nextInt(4_000)));
            case 13 -> answerQuestions();
            case 14 -> store.hold(chance.nextBoolean());
            default -> restartPerhaps();
        }
    }

    private void begin() {
        String key = "K" + keys++;
        RecordingExchange exchange = broker.trySend(key, "");
        if (exchange.isAnswered() && exchange.response().code() == 0) {
            SendAnswerHeader header = SendAnswerHeader.from(exchange.response().fields());
            long position =
                    OffsetMessageId.decode(header.messageId()).orElseThrow().position();
            model.began(new Half(key, position, header.queueOffset(), header.messageId()));
        }
    }

    private void end() {
        pick().ifPresent(known -> {
            int decision = chance.nextInt(3) == 0 ? ROLL_BACK : COMMIT;
            Fields header = broker.header(known.half, decision, false).toFields();
            carryOut(known, decision, Command.request(RequestCode.END_TRANSACTION, header));
        });
    }

    private void resolve() {
        pick().ifPresent(known -> {
            int decision = chance.nextBoolean() ? ROLL_BACK : COMMIT;
            Fields header = new ResolveTransactionHeader(known.half.messageId(), decision).toFields();
            carryOut(known, decision, Command.request(RequestCode.RESOLVE_TRANSACTION, header));
        });
    }

    private void answerQuestions() {
        List<Command> questions = asked.oneWays();
        while (answered < questions.size()) {
            CheckTransactionHeader question =
                    CheckTransactionHeader.from(questions.get(answered++).fields());
            Optional<Known> known = model.known().stream()
                    .filter(one -> one.half.position() == question.position())
                    .findFirst();
            int decision = List.of(0, COMMIT, ROLL_BACK).get(chance.nextInt(3));
            if (known.isPresent() && decision != 0) {
                Fields header = broker.header(known.get().half, decision, true).toFields();
                carryOut(known.get(), decision, Command.request(RequestCode.END_TRANSACTION, header));
            }
        }
    }

    private void carryOut(Known known, int decision, Command request) {
        model.asks(known, decision == COMMIT ? Outcome.COMMITTED : Outcome.ROLLED_BACK);
        boolean oneWay = request.code() == RequestCode.END_TRANSACTION && chance.nextBoolean();
        RecordingExchange exchange = broker.exchange(oneWay ? request.asOneWay() : request);
        if (exchange.isAnswered() && exchange.response().code() == 0) {
            model.acknowledged(broker, known);
        }
    }

    private Optional<Known> pick() {
        List<Known> known = model.known();
        int recent = Math.min(known.size(), 8);
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1 - chance.nextInt(recent)));
    }

    private void restartPerhaps() throws IOException {
        switch (chance.nextInt(4)) {
            case 0 -> {
                store.close();
                openThroughCrashes();
            }
            case 1 -> {
                disk.killProcess();
                openThroughCrashes();
            }
            default -> crash();
        }
    }

    private void crash() throws IOException {
        losePower();
        planned.mayFollow();
        openThroughCrashes();
    }

    private void openThroughCrashes() throws IOException {
        planned.open(this::open, this::losePower);
    }

    private void losePower() {
        crashes++;
        planned.happened();
        disk.crash();
    }

    private void open() throws IOException {
        SimulatedScheduler scheduler = new SimulatedScheduler(clock);
        TransactionFixture.Tables tables = new TransactionFixture.Tables();
        store = SteppedStore.open(
                storeConfig(segmentBytes),
                List.of(tables.topics(), tables.groups(), tables.transactions()),
                disk,
                clock,
                scheduler);
        broker = new TransactionFixture(scheduler, clock, store, tables);
        broker.config.update(
                all -> all.withTransactions(new TransactionSettings(Duration.ofSeconds(2), 3, Duration.ofSeconds(3))));
        asked = new RecordingConnection();
        answered = 0;
        broker.register(asked);
        model.check(broker);
    }

    static StoreConfig storeConfig(long segmentBytes) {
        return new SmallStore(segmentBytes, Duration.ofMillis(700)).in(ROOT);
    }
}
