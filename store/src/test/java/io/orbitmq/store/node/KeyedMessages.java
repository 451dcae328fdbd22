package io.orbitmq.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.store.KeyQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The keys of the simulation's messages, as told by the number in the body: most have a unique key, most have a key that
 * every third message has, and some of those a second one of their own.
 */
final class KeyedMessages {

    private static final String BODY = "body ";
    private static final int SHARED_KEYS = 3;
    private static final int ALL = 1000;
    private static final int FEW = 2;

    private final String topic;
    private final long minPosition;
    private final List<Promise> messages;

    /**
     * @param minPosition everything from here on must be found
     * @param messages of the topic, with all that the log still has
     */
    KeyedMessages(String topic, long minPosition, List<Promise> messages) {
        this.topic = topic;
        this.minPosition = minPosition;
        this.messages = messages.stream()
                .sorted(Comparator.comparingLong(Promise::position))
                .toList();
    }

    static String body(int number, String rest) {
        return BODY + number + rest;
    }

    /** The properties of a message, in their form on the wire. */
    static String properties(String body) {
        int number = number(body);
        String unique = number % 5 == 0 ? "" : property(PropertyNames.UNIQ_KEY, unique(number));
        return unique + (number % 4 == 0 ? "" : property(PropertyNames.KEYS, String.join(" ", keys(number))));
    }

    /** Looks for one of the shared keys and for one message, before {@code endNumber} in time, which may be lost. */
    void check(SimulatedStore store, int endNumber, Random chance) {
        String shared = shared(chance.nextInt(SHARED_KEYS));
        List<Promise> found = check(store, shared);
        assertThat(find(store, shared, FEW))
                .as("newest of %s with key %s", topic, shared)
                .isEqualTo(found.subList(Math.max(0, found.size() - FEW), found.size()));
        int number = chance.nextInt(endNumber);
        check(store, chance.nextBoolean() ? unique(number) : own(number));
    }

    private List<Promise> check(SimulatedStore store, String key) {
        List<Promise> having =
                messages.stream().filter(message -> hasKey(message, key)).toList();
        List<Promise> found = find(store, key, ALL);
        assertThat(having).as("messages of %s with key %s", topic, key).containsAll(found);
        assertThat(fromMin(found)).as("found in %s with key %s", topic, key).isEqualTo(fromMin(having));
        return found;
    }

    private List<Promise> find(SimulatedStore store, String key, int most) {
        return store.parts().keySearch.find(new KeyQuery(topic, key, most, 0, Long.MAX_VALUE)).stream()
                .map(Promise::of)
                .toList();
    }

    private List<Promise> fromMin(List<Promise> some) {
        return some.stream()
                .filter(message -> message.position() >= minPosition)
                .toList();
    }

    private static boolean hasKey(Promise message, String key) {
        int number = number(message.body());
        return number % 5 != 0 && key.equals(unique(number))
                || number % 4 != 0 && keys(number).contains(key);
    }

    private static List<String> keys(int number) {
        List<String> keys = new ArrayList<>(List.of(shared(number % SHARED_KEYS)));
        if (number % 4 == 2) {
            keys.add(own(number));
        }
        return keys;
    }

    private static String unique(int number) {
        return "unique" + number;
    }

    private static String shared(int number) {
        return "shared" + number;
    }

    private static String own(int number) {
        return "own" + number;
    }

    private static int number(String body) {
        int end = BODY.length();
        while (end < body.length() && Character.isDigit(body.charAt(end))) {
            end++;
        }
        return Integer.parseInt(body.substring(BODY.length(), end));
    }

    private static String property(String name, String value) {
        return name + '\u0001' + value + '\u0002';
    }
}
