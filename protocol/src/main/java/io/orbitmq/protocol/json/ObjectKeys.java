package io.orbitmq.protocol.json;

import io.orbitmq.protocol.frame.MalformedBodyException;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;

/**
 * Turns {@code {{"queueId":0}:5}}, where a whole object is a map's key, into {@code {"{\"queueId\":0}":5}}, which any
 * parser reads. Java clients send the former in answers to 221 and 307 (protocol/11 section 1). Everything else passes
 * unchanged, right or wrong. Stateless.
 */
final class ObjectKeys {

    private static final int MAX_NESTING = 100;

    private final byte[] in;
    private final ByteArrayOutputStream out;
    private final BitSet objects = new BitSet();
    private int depth;
    private boolean nameExpected;
    private int copied;

    private ObjectKeys(byte[] in) {
        this.in = in;
        this.out = new ByteArrayOutputStream(in.length + 64);
    }

    static byte[] quote(byte[] in) {
        return mayHaveObjectKeys(in) ? new ObjectKeys(in).run() : in;
    }

    /** An object key stands behind another brace or a comma; cheap enough for every body. */
    private static boolean mayHaveObjectKeys(byte[] in) {
        byte last = 0;
        for (byte b : in) {
            if (b == '{' && last == '{') {
                return true;
            }
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                last = b;
            }
        }
        return false;
    }

    private byte[] run() {
        int at = 0;
        while (at < in.length) {
            at = switch (in[at]) {
                case '"', '\'' -> endOfText(at);
                case '{' -> nameExpected ? quoteKey(at) : open(at, true);
                case '[' -> open(at, false);
                case '}', ']' -> close(at);
                case ',' -> {
                    nameExpected = depth > 0 && objects.get(depth);
                    yield at + 1;
                }
                case ':' -> {
                    nameExpected = false;
                    yield at + 1;
                }
                default -> at + 1;
            };
        }
        out.write(in, copied, in.length - copied);
        return out.toByteArray();
    }

    private int open(int at, boolean object) {
        if (++depth > MAX_NESTING) {
            throw new MalformedBodyException("the body is nested deeper than " + MAX_NESTING + " levels");
        }
        objects.set(depth, object);
        nameExpected = object;
        return at + 1;
    }

    private int close(int at) {
        depth = Math.max(0, depth - 1);
        nameExpected = false;
        return at + 1;
    }

    private int quoteKey(int start) {
        int end = endOfObject(start);
        out.write(in, copied, start - copied);
        out.write('"');
        for (int i = start; i < end; i++) {
            if (in[i] == '"' || in[i] == '\\') {
                out.write('\\');
                out.write(in[i]);
            } else if (in[i] >= 0 && in[i] < ' ') {
                out.write(' ');
            } else {
                out.write(in[i]);
            }
        }
        out.write('"');
        copied = end;
        nameExpected = false;
        return end;
    }

    private int endOfObject(int start) {
        int open = 0;
        int at = start;
        while (at < in.length) {
            switch (in[at]) {
                case '"', '\'' -> at = endOfText(at);
                case '{' -> {
                    open++;
                    at++;
                }
                case '}' -> {
                    at++;
                    if (--open == 0) {
                        return at;
                    }
                }
                default -> at++;
            }
        }
        return at;
    }

    private int endOfText(int start) {
        int at = start + 1;
        while (at < in.length && in[at] != in[start]) {
            at += in[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, in.length);
    }
}
