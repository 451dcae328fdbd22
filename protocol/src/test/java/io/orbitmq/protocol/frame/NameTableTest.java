package io.orbitmq.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NameTableTest {

    private static final Thing NOBODY = new Thing("", -1);

    private final NameTable<Thing> table = new NameTable<>();

    private record Thing(String name, int number) implements NameTable.Named {

        @Override
        public byte[] utf8Name() {
            return name.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void behavesLikeAMap() {
        Map<String, Thing> model = new HashMap<>();
        Random random = new Random(7);
        for (int step = 0; step < 5_000; step++) {
            Thing thing = new Thing("topic-" + random.nextInt(400), step);
            if (random.nextInt(4) == 0) {
                table.remove(thing.utf8Name());
                model.remove(thing.name());
            } else {
                table.put(thing);
                model.put(thing.name(), thing);
            }
            assertThat(table.size()).isEqualTo(model.size());
            String looked = "topic-" + random.nextInt(400);
            assertThat(find(looked)).isEqualTo(model.getOrDefault(looked, NOBODY));
            List<Thing> likely = new ArrayList<>();
            table.addLikely(Utf8Hash.of(looked), NOBODY, likely);
            assertThat(likely).containsExactly(find(looked));
        }
        for (int i = 0; i < 400; i++) {
            String name = "topic-" + i;
            assertThat(find(name)).isEqualTo(model.getOrDefault(name, NOBODY));
        }
    }

    @Test
    void receivedValuesAreFoundInBothSerializationsWithEscapesAndWithout() {
        Thing plain = new Thing("TopicA", 1);
        Thing umlaut = new Thing("Gr\u00fc\u00dfe \"quoted\"", 2);
        table.put(plain);
        table.put(umlaut);
        for (SerializeType type : SerializeType.values()) {
            Fields fields = received(Fields.of("b", "TopicA", "c", umlaut.name(), "d", "unknown"), type);

            assertThat(fields.find("b", table, NOBODY)).isSameAs(plain);
            assertThat(fields.find("c", table, NOBODY)).isSameAs(umlaut);
            assertThat(fields.find("d", table, NOBODY)).isSameAs(NOBODY);
            assertThat(fields.find("absent", table, NOBODY)).isSameAs(NOBODY);
            assertThat(fields.hash("b")).isEqualTo(Utf8Hash.of("TopicA"));
            assertThat(fields.hash("c")).isEqualTo(Utf8Hash.of(umlaut.name()));
            assertThat(fields.hash("absent")).isEqualTo(Utf8Hash.of(""));
        }
    }

    @Test
    void builtFieldsAreFoundToo() {
        Thing thing = new Thing("TopicA", 1);
        table.put(thing);

        assertThat(Fields.of("b", "TopicA").find("b", table, NOBODY)).isSameAs(thing);
        assertThat(Fields.of("b", "TopicA").hash("b")).isEqualTo(Utf8Hash.of("TopicA"));
    }

    @Test
    void hashesDifferWithEveryByteAndTheLength() {
        for (int length = 1; length < 30; length++) {
            byte[] bytes = new byte[length];
            long hash = Utf8Hash.of(bytes, 0, length);
            assertThat(Utf8Hash.of(new byte[length + 1], 0, length + 1)).isNotEqualTo(hash);
            for (int at = 0; at < length; at++) {
                bytes[at] = 1;
                assertThat(Utf8Hash.of(bytes, 0, length)).isNotEqualTo(hash);
                bytes[at] = 0;
            }
        }
    }

    @Test
    void lowBitsOfHashesTellNumberedNamesApart() {
        for (String format : List.of("topic-%d", "Number%06dOfMany", "%04d")) {
            BitSet lowBits = new BitSet();
            for (int i = 0; i < 4096; i++) {
                lowBits.set((int) Utf8Hash.of(String.format(Locale.ROOT, format, i)) & 4095);
            }
            // of 4096 places taken at random 0.632 are taken at least once
            assertThat(lowBits.cardinality()).as(format).isBetween(2400, 4096);
        }
    }

    private Thing find(String name) {
        byte[] bytes = ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
        return table.find(bytes, 1, bytes.length - 1, NOBODY);
    }

    private static Fields received(Fields fields, SerializeType type) {
        ByteSink sink = new ByteSink(256);
        Frames.encodeHead(Command.request(10, fields), 0, type, sink);
        ByteBuffer frame = ByteBuffer.wrap(sink.toByteArray());
        byte[] header = Arrays.copyOfRange(frame.array(), Frames.PREFIX_BYTES, frame.limit());
        return new HeaderDecoder()
                .decode(frame.getInt(4), header, ByteBuffer.allocate(0))
                .fields();
    }
}
