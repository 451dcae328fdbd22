package io.orbitmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;

import io.orbitmq.broker.state.StateReader;
import io.orbitmq.broker.state.StateWriter;
import io.orbitmq.testkit.Dice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SettledOffsetsTest {

    @Test
    void agreesWithASetWhateverTheOrder() {
        for (long seed = 0; seed < 200; seed++) {
            Random chance = Dice.of(seed);
            SettledOffsets settled = new SettledOffsets();
            TreeSet<Long> model = new TreeSet<>();
            int range = 1 + chance.nextInt(400);
            for (int i = 0; i < 300; i++) {
                if (chance.nextInt(30) == 0) {
                    long below = chance.nextInt(range);
                    settled.addAllBelow(below);
                    for (long offset = 0; offset < below; offset++) {
                        model.add(offset);
                    }
                } else {
                    long offset = chance.nextInt(range);
                    settled.add(offset);
                    model.add(offset);
                }
                assertSame(seed, settled, model, range);
            }
            StateWriter out = new StateWriter();
            settled.write(out);
            assertSame(seed, SettledOffsets.read(new StateReader("test", out.toBuffer())), model, range);
        }
    }

    @Test
    void takesABitPerMessageOfWhatIsSettledOutOfOrder() {
        int messages = 1_000_000;
        SettledOffsets settled = new SettledOffsets();
        for (long offset = messages - 1; offset > 0; offset--) {
            settled.add(offset);
        }
        StateWriter out = new StateWriter();
        settled.write(out);
        assertThat(out.size()).isLessThan(messages / 8 + 64);
        settled.add(0);
        StateWriter done = new StateWriter();
        settled.write(done);
        assertThat(settled.below()).isEqualTo(messages);
        assertThat(done.size()).isLessThan(32);
    }

    @Test
    void twiceIsOnce() {
        List<Long> offsets = new ArrayList<>(List.of(5L, 0L, 1L, 2L, 64L, 3L, 63L));
        SettledOffsets once = new SettledOffsets();
        offsets.forEach(once::add);
        SettledOffsets twice = new SettledOffsets();
        offsets.forEach(twice::add);
        Collections.shuffle(offsets, new Random(1));
        offsets.forEach(twice::add);
        assertThat(twice.below()).isEqualTo(once.below()).isEqualTo(4);
        assertThat(twice.countAbove()).isEqualTo(once.countAbove()).isEqualTo(3);
    }

    private static void assertSame(long seed, SettledOffsets settled, TreeSet<Long> model, int range) {
        long below = 0;
        while (model.contains(below)) {
            below++;
        }
        assertThat(settled.below()).as("seed %d", seed).isEqualTo(below);
        assertThat(settled.countAbove())
                .as("seed %d", seed)
                .isEqualTo(model.tailSet(below).size());
        for (long offset = 0; offset <= range; offset++) {
            if (settled.contains(offset) != model.contains(offset)) {
                throw new AssertionError("seed " + seed + " offset " + offset + " expected " + model.contains(offset));
            }
        }
    }
}
