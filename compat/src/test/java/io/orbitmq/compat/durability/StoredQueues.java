package io.orbitmq.compat.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.compat.client.Pulled;
import io.orbitmq.compat.client.Queue;
import io.orbitmq.compat.client.Received;
import io.orbitmq.compat.client.TestPull;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the queues of a topic to their ends and judges them. Remembers what it has read: each call reads only what is new. */
final class StoredQueues {

    private final Map<Queue, List<Long>> numbers = new HashMap<>();
    private final Map<Queue, List<Integer>> checksums = new HashMap<>();
    private int stored;

    /** Reads on; every message must be whole and have the offset after its predecessor's. */
    void readOn(TestPull consumer, String topic) {
        for (Queue queue : consumer.queues(topic)) {
            readOn(consumer, queue);
        }
    }

    private void readOn(TestPull consumer, Queue queue) {
        List<Long> known = numbers.computeIfAbsent(queue, q -> new ArrayList<>());
        Pulled pulled;
        do {
            pulled = consumer.pull(queue, "*", known.size(), 32);
            for (Received message : pulled.messages()) {
                assertThat(message.queueOffset()).as("offset in " + queue).isEqualTo(known.size());
                assertThat(SealedBody.isWhole(message.body()))
                        .as("checksum of " + queue + " at " + message.queueOffset())
                        .isTrue();
                known.add(SealedBody.number(message.body()));
                checksums.computeIfAbsent(queue, q -> new ArrayList<>()).add(SealedBody.checksum(message.body()));
                stored++;
            }
            assertThat(pulled.status())
                    .as("at " + known.size() + " of " + queue)
                    .isIn("FOUND", "NO_NEW_MSG");
        } while (pulled.status().equals("FOUND"));
        assertThat((long) known.size()).as("end of " + queue).isEqualTo(pulled.maxOffset());
    }

    /** Tells the acknowledged message that is missing or another, empty when it is where the server said. */
    String faultOf(Acknowledged message) {
        List<Long> known = numbers.getOrDefault(message.queue(), List.of());
        if (message.queueOffset() >= known.size()) {
            return "lost: " + message + ", the queue ends at " + known.size();
        }
        int offset = (int) message.queueOffset();
        if (known.get(offset) != message.number()
                || checksums.get(message.queue()).get(offset) != message.checksum()) {
            return "changed: " + message + ", found number " + known.get(offset);
        }
        return "";
    }

    int stored() {
        return stored;
    }
}
