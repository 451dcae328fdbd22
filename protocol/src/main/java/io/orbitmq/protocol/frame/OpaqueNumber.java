package io.orbitmq.protocol.frame;

/**
 * Where a header's opaque stands.
 *
 * @param start of its digits, or of its four bytes
 * @param end of them; not after the start when the header has none
 * @param isBinary whether it is four bytes, in a compact header, and not digits
 */
record OpaqueNumber(int start, int end, boolean isBinary) {

    static final OpaqueNumber NONE = new OpaqueNumber(0, 0, false);

    /** What {@link #read} gives for digits that are no plain number; no int. */
    static final long NO_NUMBER = Long.MIN_VALUE;

    private static final int MAX_DIGITS = 10;

    boolean isFound() {
        return end > start;
    }

    /** The number in another header of the same shape, perhaps too large for an int, or {@link #NO_NUMBER}. */
    long read(byte[] header) {
        if (isBinary) {
            int number = 0;
            for (int i = start; i < end; i++) {
                number = number << Byte.SIZE | header[i] & 0xFF;
            }
            return number;
        }
        int length = end - start;
        if (length > MAX_DIGITS || length > 1 && header[start] == '0') {
            return NO_NUMBER;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = header[i] - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
