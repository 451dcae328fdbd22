package io.orbitmq.protocol.message;

import io.orbitmq.protocol.frame.EightBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The last property of a record (protocol/03 section 3.1): {@code __CRC32#}, 0x01, ten decimal digits of the checksum
 * with the least significant first and zeros behind, 0x02. Stateless.
 */
final class ChecksumEntry {

    static final int BYTES = 20;

    private static final byte[] START = "__CRC32#\u0001".getBytes(StandardCharsets.US_ASCII);
    private static final long FIRST_EIGHT_OF_START = ByteBuffer.wrap(START).getLong();
    private static final int DIGITS_AT = START.length;
    private static final int LAST_DIGITS_AT = DIGITS_AT + Long.BYTES;
    private static final int EIGHT_DIGITS = 100_000_000;

    // Eight digits at once: '0' to '9' are 0x30 to 0x39, so a digit keeps its upper half when 6 is added to it.
    private static final long ZEROS = EightBytes.all('0');
    private static final long SIXES = EightBytes.all(6);
    private static final long UPPER_HALVES = 0xF0F0F0F0F0F0F0F0L;

    private ChecksumEntry() {}

    /** Writes the entry at the position of a big-endian buffer and moves that behind it. */
    static void write(ByteBuffer target, int checksum) {
        int upper = checksum / EIGHT_DIGITS;
        target.putLong(FIRST_EIGHT_OF_START)
                .put(START[Long.BYTES])
                .putLong(ZEROS + digitsOf(checksum - upper * EIGHT_DIGITS))
                .put((byte) ('0' + upper % 10))
                .put((byte) ('0' + upper / 10))
                .put(MessageProperties.ENTRY_SEPARATOR);
    }

    /** Eight digits, the least significant in the highest byte: the number's two halves, their halves, and theirs. */
    private static long digitsOf(int number) {
        int upper = number / 10_000;
        long fours = (long) (number - upper * 10_000) << 32 | upper;
        long upperPairs = fours * 10_486 >>> 20 & 0x0000007F0000007FL; // a hundredth of each
        long pairs = fours - upperPairs * 100 << 16 | upperPairs;
        long upperDigits = pairs * 103 >>> 10 & 0x000F000F000F000FL; // a tenth of each
        return pairs - upperDigits * 10 << 8 | upperDigits;
    }

    /** Whether the 20 bytes at {@code position} of a big-endian buffer have this form. */
    static boolean isAt(ByteBuffer buffer, int position) {
        return buffer.getLong(position) == FIRST_EIGHT_OF_START
                && buffer.get(position + Long.BYTES) == START[Long.BYTES]
                && areDigits(buffer.getLong(position + DIGITS_AT))
                && isDigit(buffer.get(position + LAST_DIGITS_AT))
                && isDigit(buffer.get(position + LAST_DIGITS_AT + 1))
                && buffer.get(position + BYTES - 1) == MessageProperties.ENTRY_SEPARATOR;
    }

    /** The checksum at {@code position} of a big-endian buffer; more than 31 bits when the digits were damaged. */
    static long read(ByteBuffer buffer, int position) {
        long lastDigits =
                buffer.get(position + LAST_DIGITS_AT) - '0' + 10L * (buffer.get(position + LAST_DIGITS_AT + 1) - '0');
        return lastDigits * 100_000_000 + valueOf(buffer.getLong(position + DIGITS_AT));
    }

    private static boolean areDigits(long eight) {
        return (eight & UPPER_HALVES) == ZEROS && (eight + SIXES & UPPER_HALVES) == ZEROS;
    }

    private static boolean isDigit(byte one) {
        return one >= '0' && one <= '9';
    }

    /** The number of eight digits, of which the first and least significant is the highest byte: in pairs, then in fours. */
    private static long valueOf(long eight) {
        long digits = eight - ZEROS;
        long pairs = digits * 10 + (digits >>> 8);
        long evenPairs = (pairs & 0x000000FF000000FFL) * (1_000_000L << 32 | 100);
        long oddPairs = (pairs >>> 16 & 0x000000FF000000FFL) * (10_000L << 32 | 1);
        return evenPairs + oddPairs >>> 32;
    }
}
