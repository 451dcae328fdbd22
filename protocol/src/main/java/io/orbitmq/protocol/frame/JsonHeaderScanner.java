package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a JSON header of the ordinary shape: quoted names, the eight members of protocol/01 section 2, plain integers,
 * extFields of strings. It gives up on anything else, so a broken header is {@link JsonHeaderReader}'s to explain. One
 * object per header; a pull or send header costs its strings and little more.
 */
final class JsonHeaderScanner {

    private static final byte[] JAVA = "JAVA".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 10;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean unusual;

    private int textStart;
    private int textEnd;
    private boolean textEscaped;

    private int code;
    private Language language = Language.OTHER;
    private int version;
    private int opaque;
    private int flag;
    private String remark = "";
    private Fields fields = Fields.NONE;

    private JsonHeaderScanner(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** The command, or null when the header is not of the ordinary shape. */
    static Command scan(byte[] header, int offset, int length, ByteBuffer body) {
        JsonHeaderScanner scanner = new JsonHeaderScanner(header, offset, length);
        if (!scanner.readHeader()) {
            return null;
        }
        return new Command(
                scanner.code,
                scanner.language,
                scanner.version,
                scanner.opaque,
                scanner.flag,
                scanner.remark,
                scanner.fields,
                body);
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
        if (!readText() || textEscaped || !take(':')) {
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
        Fields.Builder builder = Fields.builder();
        long seen = 0;
        do {
            if (!readText()) {
                unusual = true;
                break;
            }
            int known = textEscaped ? -1 : KnownNames.find(bytes, textStart, textEnd - textStart);
            String name = known >= 0 ? KnownNames.name(known) : text();
            if (!take(':') || !readText() || builder.size() >= Frames.MAX_FIELDS) {
                unusual = true;
                break;
            }
            if (known >= 0 && (seen & 1L << known) == 0) {
                seen |= 1L << known;
                builder.append(name, text());
            } else {
                builder.put(name, text());
            }
        } while (take(','));
        unusual |= !take('}');
        return builder.build();
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
        value = negative ? -value : value;
        if (at == first || at - first > MAX_DIGITS || value != (int) value || bytes[first] == '0' && at - first > 1) {
            unusual = true;
        }
        return (int) value;
    }

    /** Finds the string that starts here; false when there is none or it does not end. */
    private boolean readText() {
        if (!take('"')) {
            return false;
        }
        textStart = at;
        textEscaped = false;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                textEnd = at++;
                return true;
            }
            if (b == '\\') {
                textEscaped = true;
                at++;
            }
            at++;
        }
        return false;
    }

    private String text() {
        int length = textEnd - textStart;
        if (!textEscaped) {
            return length == 0 ? "" : new String(bytes, textStart, length, StandardCharsets.UTF_8);
        }
        byte[] plain = new byte[length];
        int size = 0;
        for (int i = textStart; i < textEnd; i++) {
            byte b = bytes[i];
            if (b == '\\') {
                int escaped = escaped(++i);
                if (escaped < 0) {
                    unusual = true;
                    return "";
                }
                b = (byte) escaped;
                i += bytes[i] == 'u' ? 4 : 0;
            }
            plain[size++] = b;
        }
        return new String(plain, 0, size, StandardCharsets.UTF_8);
    }

    /** The ASCII character that the escape at {@code i}, behind its backslash, stands for; -1 for any other escape. */
    private int escaped(int i) {
        return switch (bytes[i]) {
            case '"', '\\', '/' -> bytes[i];
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (i + 4 >= textEnd || bytes[i + 1] != '0' || bytes[i + 2] != '0') {
                    yield -1;
                }
                int high = Character.digit(bytes[i + 3], 16);
                int low = Character.digit(bytes[i + 4], 16);
                yield high < 0 || high > 7 || low < 0 ? -1 : high << 4 | low;
            }
            default -> -1;
        };
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
