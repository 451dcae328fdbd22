package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One index is built anew while the other has everything already; both want to be written after every message. */
final class LostIndexTest {

    private static final int MESSAGES = 9;

    private final SimulatedDisk disk = new SimulatedDisk(4);
    private final SimulatedStore store = new SimulatedStore(disk, FlushMode.SYNC_FLUSH, 1 << 16);

    @BeforeEach
    void writeAStore() throws IOException {
        store.open();
        for (int i = 0; i < MESSAGES; i++) {
            append(i);
        }
        store.store().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"queues", "keys"})
    void buildingOneIndexAnewDoesNoHarmToTheOther(String lost) throws IOException {
        store.loseIndex(lost);
        store.open();
        append(MESSAGES);
        append(MESSAGES + 1);
        disk.killProcess();

        store.open();

        checkMessages(MESSAGES + 2);
    }

    private void checkMessages(int count) {
        assertThat(store.bodies(store.queue("topic", 0))).isEqualTo(bodies(IntStream.range(0, count)));
        assertThat(store.parts().keySearch.find(new KeyQuery("topic", "key", 100, 0, Long.MAX_VALUE)).stream()
                        .map(Drafts::body)
                        .toList())
                .isEqualTo(bodies(IntStream.range(0, count).filter(LostIndexTest::hasKey)));
    }

    private static List<String> bodies(IntStream numbers) {
        return numbers.mapToObj(number -> "body " + number).toList();
    }

    private static boolean hasKey(int number) {
        return number % 3 == 0;
    }

    private void append(int number) {
        String properties = hasKey(number) ? "KEYS\u0001key\u0002" : "";
        store.parts().appender.append(store.queue("topic", 0), Drafts.withProperties("body " + number, properties));
        store.flush();
        store.advance(Duration.ofMillis(1));
    }
}
