package io.orbitmq.compat.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.node.BrokerNode;
import io.orbitmq.compat.admin.Mqadmin;
import io.orbitmq.compat.client.ClientVersion;
import io.orbitmq.compat.client.ConsumerPlan;
import io.orbitmq.compat.client.Outgoing;
import io.orbitmq.compat.client.ProducerPlan;
import io.orbitmq.compat.client.Pulled;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestProducer;
import io.orbitmq.compat.client.TestPull;
import io.orbitmq.compat.client.TestTransactions;
import io.orbitmq.compat.harness.ChildProcess;
import io.orbitmq.compat.harness.Workspace;
import io.orbitmq.compat.scenario.Inbox;
import io.orbitmq.compat.scenario.Scenario;
import io.orbitmq.compat.server.OfficialStore;
import io.orbitmq.compat.server.OrbitTool;
import io.orbitmq.compat.server.ServerPlan;
import io.orbitmq.compat.server.TestServer;
import io.orbitmq.compat.server.TestServers;
import io.orbitmq.foundation.file.SystemDisk;
import io.orbitmq.store.tools.StoreVerifier;
import io.orbitmq.store.tools.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official broker writes a store and ends; the server under test opens it in place. */
class TakeoverTest {

    private static final ServerPlan PLAN = ServerPlan.standard()
            .with("mappedFileSizeCommitLog", String.valueOf(1 << 20))
            .with("maxMessageSize", String.valueOf(256 << 10))
            .with("transactionTimeOut", "1000")
            .with("transactionCheckInterval", "1000")
            .with("transactionCheckMax", "1000")
            .with("recallMessageEnable", "true");

    /** How the official broker ends. */
    enum End {
        STOPPED,
        KILLED
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsThereAndGoesOn(End end) throws IOException {
        try (OfficialStore store = OfficialStore.begin(PLAN)) {
            History history = History.make(store.writer());
            if (end == End.STOPPED) {
                store.stop();
            } else {
                store.kill();
            }
            assertThat(segments(store.directory())).isGreaterThan(2);
            dryRunTellsAndWritesNothing(store.directory(), end);
            VerifyReport before = verify(store.directory());
            assertThat(before.sealedRecords()).isZero();
            try (TestServer server = TestServers.start(store.successor());
                    Scenario scenario = new Scenario(ClientVersion.V5_3_3, server)) {
                Successor successor = new Successor(history, server, scenario);
                successor.delayedMessagesWait();
                successor.hasEveryMessage();
                successor.handsOutBatchesOnce();
                successor.findsMessages();
                successor.hasTheSettings();
                successor.groupGoesOn(end == End.STOPPED);
                successor.openTransactionsAreAskedAbout();
                successor.delayedMessagesComeOnce();
                successor.deletedTopicStaysDeleted();
                successor.settingsOfNowSurviveARestart();
            }
            VerifyReport after = verify(store.directory());
            assertThat(after.records() - after.sealedRecords())
                    .as("old records, accepted and counted: " + after.text())
                    .isEqualTo(TestServers.isOfficial() ? after.records() : before.records());
        }
    }

    private static void dryRunTellsAndWritesNothing(Path store, End end) throws IOException {
        Path config = Workspace.newDirectory("dry-run").resolve("broker.conf");
        Files.writeString(config, "mappedFileSizeCommitLog=" + PLAN.settings().get("mappedFileSizeCommitLog"));
        List<String> before = tree(store);
        try (ChildProcess tool =
                OrbitTool.start(List.of("store", "import", "--dry-run", "-c", config.toString(), store.toString()))) {
            assertThat(tool.awaitEnd(Duration.ofMinutes(1))).as(tool.text()).isZero();
            assertThat(tool.text())
                    .contains("log               " + store.resolve("commitlog"))
                    .contains("segments        " + segments(store))
                    .contains("opening         as it is, mappedFileSizeCommitLog=1048576 fits")
                    .contains(History.SHAPED + " read=5 write=3 perm=4")
                    .contains(History.LIMITED)
                    .contains(end == End.STOPPED ? History.READERS + " at " + History.ORDERS + "-0: " : "")
                    .containsPattern("delay levels +\\d+")
                    .contains("timers            delivered up to")
                    .contains("stopped in order  " + (end == End.STOPPED ? "yes" : "no"));
        }
        assertThat(tree(store)).isEqualTo(before).hasSizeGreaterThan(10);
    }

    /** Every file and directory with its length and time of modification. */
    private static List<String> tree(Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted().toList()) {
                found.add(path + " " + Files.size(path) + " " + Files.getLastModifiedTime(path));
            }
        }
        return found;
    }

    private static VerifyReport verify(Path store) throws IOException {
        return StoreVerifier.verify(
                new SystemDisk(), store, store.resolve("commitlog"), BrokerNode.emptyTables(DelaySettings.defaults()));
    }

    private static long segments(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store.resolve("commitlog"))) {
            return files.count();
        }
    }

    /** What clients see of the server that opened the store. */
    private static final class Successor {

        private final History history;
        private final TestServer server;
        private final Scenario scenario;
        private final TestProducer producer;
        private final Mqadmin mqadmin;
        private final Inbox later = new Inbox();

        private Successor(History history, TestServer server, Scenario scenario) {
            this.history = history;
            this.server = server;
            this.scenario = scenario;
            this.producer = scenario.producer();
            this.mqadmin = new Mqadmin(server.nameserver());
        }

        private void delayedMessagesWait() {
            scenario.push(plan("LaterReaders", History.LATER), later);
        }

        private void hasEveryMessage() {
            TestPull reader = scenario.pull(plan("Judge", History.ORDERS));
            history.messages.forEach((queue, known) -> {
                List<Received> found = History.read(reader, queue);
                assertThat(found.subList(0, Math.min(found.size(), known.size())))
                        .as(queue.toString())
                        .usingRecursiveComparison()
                        .isEqualTo(known);
                assertThat(producer.minOffset(queue)).isEqualTo(history.minOffsets.get(queue));
            });
            for (String topic : List.of(History.ORDERS, History.PARCELS, History.CREATED_AGAIN)) {
                producer.queues(topic).forEach(queue -> assertThat(producer.maxOffset(queue))
                        .as("end of " + queue)
                        .isEqualTo(history.maxOffsets.get(queue)));
            }
        }

        private void handsOutBatchesOnce() {
            TestPull reader = scenario.pull(plan("Judge", History.PACKED).named("unpacking"));
            Queue queue = producer.queues(History.PACKED).get(0);
            assertThat(History.read(reader, queue)).usingRecursiveComparison().isEqualTo(history.packed);
            assertThat(producer.minOffset(queue)).isZero();
            assertThat(producer.maxOffset(queue)).isEqualTo(history.packed.size());
            Pulled fromTheMiddle = reader.pull(queue, "*", 4, 1);
            assertThat(fromTheMiddle.messages())
                    .extracting(Received::text)
                    .containsExactly("batch 1 message 0", "batch 1 message 1", "batch 1 message 2");
            assertThat(fromTheMiddle.nextOffset()).isEqualTo(6);
        }

        private void findsMessages() {
            for (List<Received> queue : history.messages.values()) {
                for (int i = 0; i < queue.size(); i += 29) {
                    Received known = queue.get(i);
                    String topic = known.queue().topic();
                    assertThat(producer.viewMessage(topic, known.origin().offsetMessageId())
                                    .body())
                            .isEqualTo(known.body());
                    // of a batch all messages have the batch's id
                    if (!known.keys().startsWith("batch")) {
                        assertThat(producer.viewMessage(topic, known.messageId())
                                        .body())
                                .isEqualTo(known.body());
                    }
                }
            }
            assertThat(producer.queryMessage(History.ORDERS, "order17", 32, 0, Long.MAX_VALUE))
                    .extracting(Received::text)
                    .containsExactly("old order 17");
            assertThat(producer.queryMessage(History.PARCELS, "batch3", 32, 0, Long.MAX_VALUE))
                    .extracting(Received::text)
                    .containsExactly("batched 3");
        }

        private void hasTheSettings() {
            assertThat(mqadmin.run("topicRoute", "-t", History.SHAPED))
                    .contains("\"readQueueNums\":5")
                    .contains("\"writeQueueNums\":3")
                    .contains("\"perm\":4");
            assertThat(mqadmin.run("getConsumerConfig", "-g", History.LIMITED))
                    .containsPattern("retryMaxTimes\\s*=\\s*3")
                    .containsPattern("retryQueueNums\\s*=\\s*2")
                    .containsPattern("consumeEnable\\s*=\\s*false");
        }

        /** @param exactly false when the last seconds of progress may be lost */
        private void groupGoesOn(boolean exactly) {
            TestPull observer =
                    scenario.pull(plan(History.READERS, History.ORDERS).named("observer"));
            history.committed.forEach((queue, offset) -> {
                long found = Math.max(0, observer.offsetFromBroker(queue));
                assertThat(found).as("progress in " + queue).isLessThanOrEqualTo(offset);
                assertThat(!exactly || found == offset)
                        .as("progress in " + queue)
                        .isTrue();
            });
            observer.close();
            for (Queue queue : producer.queues(History.ORDERS)) {
                assertThat(producer.send(Outgoing.of(History.ORDERS, "one more"), queue)
                                .queueOffset())
                        .isEqualTo(history.maxOffsets.get(queue));
                history.unconsumed.add("one more");
            }
            Inbox inbox = new Inbox();
            scenario.push(plan(History.READERS, History.ORDERS).named("reader-after"), inbox);
            Scenario.await("the rest")
                    .until(() ->
                            inbox.texts().containsAll(history.unconsumed) && inbox.size() >= history.unconsumed.size());
            if (exactly) {
                assertThat(inbox.texts()).containsExactlyInAnyOrderElementsOf(history.unconsumed);
            }
        }

        private void openTransactionsAreAskedAbout() {
            history.decisions.becomeKnown();
            Inbox inbox = new Inbox();
            scenario.push(plan("Witnesses", History.DECIDED), inbox);
            TestTransactions.Started deciders = TestTransactions.of(ClientVersion.V5_3_3)
                    .start(ProducerPlan.of(server.nameserver(), History.DECIDERS), history.decisions);
            try {
                // a producer that sent nothing does not know the broker
                deciders.send(Outgoing.of(History.DECIDED, "roll back at once"));
                Scenario.await("the questions")
                        .until(() -> history.decisions.asked().containsAll(History.ids(history.open)));
                Scenario.await("the commit").until(() -> inbox.size() >= 2);
            } finally {
                deciders.close();
            }
            assertThat(history.decisions.asked()).containsExactlyInAnyOrderElementsOf(History.ids(history.open));
            assertThat(inbox.texts()).containsExactlyInAnyOrder("commit at once", "later commit");
        }

        private void delayedMessagesComeOnce() {
            Scenario.await("the delayed messages")
                    .until(() -> later.texts().containsAll(List.of("level after", "timed after")));
            assertThat(later.texts())
                    .containsExactlyInAnyOrder("level before", "timed before", "level after", "timed after");
            for (Received message : later.messages()) {
                String level = message.properties().getOrDefault("DELAY", "0");
                long delayMs =
                        switch (level) {
                            case "1" -> 1_000;
                            case "3" -> 10_000;
                            default -> Long.parseLong(message.properties().get("TIMER_DELAY_MS"));
                        };
                assertThat(message.origin().storeTimestampMs()
                                - message.origin().bornTimestampMs())
                        .as(message.text())
                        .isGreaterThanOrEqualTo(delayMs);
            }
        }

        private void deletedTopicStaysDeleted() {
            assertThatThrownBy(() -> producer.queues(History.DELETED)).isInstanceOf(RuntimeException.class);
            String topic = History.DELETED;
            producer.createTopic(topic, 1);
            Scenario.await("the route").ignoreExceptions().until(() -> !producer.queues(topic)
                    .isEmpty());
            Queue queue = producer.queues(topic).get(0);
            assertThat(producer.send(Outgoing.of(topic, "new"), queue).queueOffset())
                    .isZero();
        }

        /** What an operator changed since is not overwritten by the old files. */
        private void settingsOfNowSurviveARestart() {
            mqadmin.run("updateTopic", "-b", server.broker(), "-t", History.SHAPED, "-r", "7", "-w", "7", "-p", "6");
            mqadmin.run("updateSubGroup", "-b", server.broker(), "-g", History.LIMITED, "-r", "9", "-s", "true");

            server.restart();

            Scenario.await("the changed settings").ignoreExceptions().untilAsserted(() -> {
                assertThat(mqadmin.run("topicRoute", "-t", History.SHAPED)).contains("\"readQueueNums\":7");
                assertThat(mqadmin.run("getConsumerConfig", "-g", History.LIMITED))
                        .containsPattern("retryMaxTimes\\s*=\\s*9");
            });
            TestPull observer =
                    scenario.pull(plan(History.READERS, History.ORDERS).named("late-observer"));
            assertThat(producer.queues(History.ORDERS).stream()
                            .mapToLong(producer::maxOffset)
                            .sum())
                    .isEqualTo(history.consumed.size() + history.unconsumed.size());
            observer.close();
        }

        private ConsumerPlan plan(String group, String topic) {
            return ConsumerPlan.of(server.nameserver(), group, topic);
        }
    }
}
