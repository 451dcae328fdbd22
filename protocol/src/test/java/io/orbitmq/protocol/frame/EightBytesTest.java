package io.orbitmq.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

final class EightBytesTest {

    private static final int TRIALS = 100_000;

    @Test
    void theFirstByteIsTheLowest() {
        byte[] bytes = {9, 1, 2, 3, 4, 5, 6, 7, (byte) 0x88, 9};
        assertThat(EightBytes.at(bytes, 1)).isEqualTo(0x8807_0605_0403_0201L);
    }

    @Test
    void repeatsACharacter() {
        assertThat(EightBytes.all('"')).isEqualTo(0x2222_2222_2222_2222L);
    }

    @Test
    void marksTheFirstByteThatIsEqual() {
        check(eight -> EightBytes.equal(eight, EightBytes.all('"')), b -> b == '"');
        check(eight -> EightBytes.equal(eight, EightBytes.all(2)), b -> b == 2);
    }

    @Test
    void marksTheFirstByteThatIsLess() {
        check(eight -> EightBytes.less(eight, EightBytes.all(' ')), b -> b < ' ');
    }

    @Test
    void marksTheFirstByteThatIsNotAscii() {
        check(EightBytes::beyondAscii, b -> b >= 0x80);
    }

    @Test
    void findsTheNextQuoteOrBackslash() {
        Random chance = new Random(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] bytes = neighbours(chance, chance.nextInt(30));
            int from = chance.nextInt(bytes.length + 1);
            assertThat(JsonText.nextSpecial(bytes, from, bytes.length))
                    .as("seed 1, trial %d", trial)
                    .isEqualTo(expected(bytes, from, b -> b == '"' || b == '\\'));
        }
    }

    private interface Question {

        long marks(long eight);
    }

    private static void check(Question question, IntPredicate wanted) {
        Random chance = new Random(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] bytes = neighbours(chance, Long.BYTES);
            long marks = question.marks(EightBytes.at(bytes, 0));
            assertThat(marks == 0 ? Long.BYTES : EightBytes.first(marks))
                    .as("seed 1, trial %d", trial)
                    .isEqualTo(expected(bytes, 0, wanted));
        }
    }

    private static int expected(byte[] bytes, int from, IntPredicate wanted) {
        int at = from;
        while (at < bytes.length && !wanted.test(bytes[at] & 0xFF)) {
            at++;
        }
        return at;
    }

    /** Bytes next to those that are looked for, where a mistake would show. */
    private static byte[] neighbours(Random chance, int length) {
        int[] centres = {0, 2, ' ', '"', '\\', 0x7F, 0x80, 0x80 + '"', 0xFF};
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (centres[chance.nextInt(centres.length)] + chance.nextInt(3) - 1);
        }
        return bytes;
    }
}
