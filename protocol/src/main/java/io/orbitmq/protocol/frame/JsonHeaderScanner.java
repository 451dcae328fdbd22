package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON headers of the ordinary shape: quoted names, the eight members of protocol/01 section 2, plain integers,
 * extFields of strings. It gives up on anything else, so a broken header is {@link JsonHeaderReader}'s to explain. Values
 * are checked but stay where they stand until somebody asks for them. One header after another, one thread.
 */
final class JsonHeaderScanner {

    private static final byte[] JAVA = "JAVA".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 10;

    private final RawFieldCollector collector;
    private final TextCache texts;

    private byte[] bytes = {};
    private int end;
    private int at;
    private boolean unusual;

    private int textStart;
    private int textEnd;
    private int textPlainLength;
    private int numberDigits;

    private int code;
    private Language language = Language.OTHER;
    private int version;
    private int opaque;
    private OpaqueNumber opaqueNumber = OpaqueNumber.NONE;
    private int flag;
    private String remark = "";
    private Fields fields = Fields.NONE;

    JsonHeaderScanner(RawFieldCollector collector, TextCache texts) {
        this.collector = collector;
        this.texts = texts;
    }

    /**
     * The command, or null when the header is not of the ordinary shape.
     *
     * @param header kept by the command
     */
    Command scan(byte[] header, int offset, int length, ByteBuffer body) {
        bytes = header;
        at = offset;
        end = offset + length;
        unusual = false;
        code = version = opaque = flag = 0;
        language = Language.OTHER;
        opaqueNumber = OpaqueNumber.NONE;
        remark = "";
        fields = Fields.NONE;
        return readHeader() ? new Command(code, language, version, opaque, flag, remark, fields, body) : null;
    }

    /** Where the opaque of the last header stands; none when it is negative. */
    OpaqueNumber opaqueNumber() {
        return opaqueNumber;
    }

    private boolean readHeader() {
        if (!take('{')) {
            return false;
        }
        if (!take('}')) {
            do {
                if (!readMember()) {
                    return false;
                }
            } while (take(','));
            if (!take('}')) {
                return false;
            }
        }
        skipBlanks();
        return at == end;
    }

    private boolean readMember() {
        if (!readText() || isEscaped() || !take(':')) {
            return false;
        }
        switch (textEnd - textStart) {
            case 4 -> {
                if (nameIs("code")) {
                    code = readInt();
                } else if (nameIs("flag")) {
                    flag = readInt();
                } else {
                    unusual = true;
                }
            }
            case 6 -> {
                if (nameIs("opaque")) {
                    opaque = readInt();
                    opaqueNumber = new OpaqueNumber(at - numberDigits, at, false);
                } else if (nameIs("remark")) {
                    remark = readString();
                } else {
                    unusual = true;
                }
            }
            case 7 -> {
                unusual = !nameIs("version");
                version = readInt();
            }
            case 8 -> {
                unusual = !nameIs("language");
                language = readLanguage();
            }
            case 9 -> {
                unusual = !nameIs("extFields");
                fields = readFields();
            }
            case 23 -> unusual = !nameIs("serializeTypeCurrentRPC") || !readText();
            default -> unusual = true;
        }
        return !unusual;
    }

    private boolean nameIs(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (bytes[textStart + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Language readLanguage() {
        if (!readText()) {
            unusual = true;
            return Language.OTHER;
        }
        return Arrays.equals(bytes, textStart, textEnd, JAVA, 0, JAVA.length) ? Language.JAVA : Language.ofName(text());
    }

    private Fields readFields() {
        if (!take('{')) {
            unusual = true;
            return Fields.NONE;
        }
        if (take('}')) {
            return Fields.NONE;
        }
        collector.clear();
        do {
            if (!readText()) {
                unusual = true;
                break;
            }
            int known = isEscaped() ? -1 : KnownNames.find(bytes, textStart, textEnd - textStart);
            String name = known >= 0 ? KnownNames.name(known) : text();
            if (!take(':') || !readText() || collector.size() >= Frames.MAX_FIELDS) {
                unusual = true;
                break;
            }
            collector.put(known, name, textStart, textEnd, textPlainLength);
        } while (take(','));
        unusual |= !take('}');
        return collector.build(bytes);
    }

    private String readString() {
        if (!readText()) {
            unusual = true;
            return "";
        }
        return text();
    }

    private int readInt() {
        skipBlanks();
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int first = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
            if (at - first > MAX_DIGITS) {
                break;
            }
        }
        numberDigits = negative ? 0 : at - first;
        value = negative ? -value : value;
        if (at == first || at - first > MAX_DIGITS || value != (int) value || bytes[first] == '0' && at - first > 1) {
            unusual = true;
        }
        return (int) value;
    }

    /** Finds the string that starts here; false when there is none, it does not end, or has an escape out of the ordinary. */
    private boolean readText() {
        if (!take('"')) {
            return false;
        }
        textStart = at;
        int escapeBytes = 0;
        int special = JsonText.nextSpecial(bytes, at, end);
        while (special < end && bytes[special] == '\\') {
            int escape = JsonEscapes.length(bytes, special + 1, end);
            if (escape == 0) {
                return false;
            }
            escapeBytes += escape;
            special = JsonText.nextSpecial(bytes, special + 1 + escape, end);
        }
        textEnd = special;
        textPlainLength = textEnd - textStart - escapeBytes;
        at = special + 1;
        return special < end;
    }

    private String text() {
        if (!isEscaped()) {
            return texts.text(bytes, textStart, textEnd);
        }
        byte[] plain = new byte[textPlainLength];
        JsonEscapes.resolve(bytes, textStart, textEnd, plain);
        return new String(plain, StandardCharsets.UTF_8);
    }

    /** Whether the last text holds escapes. */
    private boolean isEscaped() {
        return textPlainLength != textEnd - textStart;
    }

    private boolean take(char expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        skipBlanks();
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
    }
}
