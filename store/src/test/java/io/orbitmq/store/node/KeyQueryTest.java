package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.store.KeyQuery;
import io.orbitmq.store.StoreConfig.FlushMode;
import io.orbitmq.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queries by key whose hashes say too much. */
final class KeyQueryTest {

    /** Two keys that have the same hash in topic "TopicA". */
    private static final String COLLIDING_KEY = "ORDER-0123456789";

    private static final String OTHER_COLLIDING_KEY = "wtJytLaI/MQ$>>2N";

    private final SimulatedStore store = new SimulatedStore(new SimulatedDisk(1), FlushMode.SYNC_FLUSH, 1 << 14);

    @Test
    void tellsKeysApartWhoseHashesAreEqualInMemoryAndInFiles() throws IOException {
        store.open();
        append("one", COLLIDING_KEY);
        append("two", OTHER_COLLIDING_KEY);
        append("both", COLLIDING_KEY + " " + OTHER_COLLIDING_KEY);

        checkBoth();
        store.store().close();
        store.open();
        checkBoth();
    }

    @Test
    void countsOnlyRealMatchesAgainstTheLimit() throws IOException {
        store.open();
        append("wanted", COLLIDING_KEY);
        for (int i = 0; i < 5; i++) {
            append("other " + i, OTHER_COLLIDING_KEY);
        }

        assertThat(find(COLLIDING_KEY, 1)).containsExactly("wanted");
    }

    private void checkBoth() {
        assertThat(find(COLLIDING_KEY, 32)).containsExactly("one", "both");
        assertThat(find(OTHER_COLLIDING_KEY, 32)).containsExactly("two", "both");
    }

    private List<String> find(String key, int most) {
        return store.parts().keySearch.find(new KeyQuery("TopicA", key, most, 0, Long.MAX_VALUE)).stream()
                .map(Drafts::body)
                .toList();
    }

    private void append(String body, String keys) {
        store.parts()
                .appender
                .append(store.queue("TopicA", 0), Drafts.withProperties(body, "KEYS\u0001" + keys + "\u0002"));
        store.flush();
    }
}
