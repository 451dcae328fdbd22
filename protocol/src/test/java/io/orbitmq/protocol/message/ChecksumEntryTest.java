package io.orbitmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChecksumEntryTest {

    private static final Pattern FORM = Pattern.compile("__CRC32#\u0001[0-9]{10}\u0002");

    private final ByteBuffer entry =
            ByteBuffer.allocate(1 + ChecksumEntry.BYTES).position(1);

    @Test
    void readsWhatWasWritten() {
        SplittableRandom random = new SplittableRandom(5);
        int checksum = 0;
        for (int i = 0; i < 10_000; i++) {
            ChecksumEntry.write(entry.position(1), checksum);

            assertThat(ChecksumEntry.isAt(entry, 1)).isTrue();
            assertThat(ChecksumEntry.read(entry, 1)).isEqualTo(checksum);
            checksum = i == 0 ? Integer.MAX_VALUE : random.nextInt() >>> 1 + random.nextInt(30);
        }
    }

    @Test
    void writesTheLeastSignificantDigitFirst() {
        for (int checksum : new int[] {0, 7, 10, 99_999_999, 100_000_000, 1_203_984_756, Integer.MAX_VALUE}) {
            ChecksumEntry.write(entry.position(1), checksum);

            String digits = new StringBuilder(String.format("%010d", checksum))
                    .reverse()
                    .toString();
            assertThat(new String(entry.array(), 10, 10, StandardCharsets.US_ASCII))
                    .isEqualTo(digits);
        }
    }

    @Test
    void readsAllTenDigits() {
        entry.put("__CRC32#\u00011234567899\u0002".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(ChecksumEntry.read(entry, 1)).isEqualTo(9_987_654_321L);
    }

    @Test
    void knowsEveryOtherByteAtEveryPlace() {
        ChecksumEntry.write(entry, 1_203_984_756);
        for (int at = 1; at <= ChecksumEntry.BYTES; at++) {
            byte right = entry.get(at);
            for (int other = 0; other < 256; other++) {
                entry.put(at, (byte) other);
                String text = new String(entry.array(), 1, ChecksumEntry.BYTES, StandardCharsets.ISO_8859_1);

                assertThat(ChecksumEntry.isAt(entry, 1))
                        .as(text)
                        .isEqualTo(FORM.matcher(text).matches());
            }
            entry.put(at, right);
        }
    }
}
