package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;

/**
 * Writes a JSON header: names in alphabetical order, {@code extFields} always present because the client reads a send
 * response's without looking (protocol/01 section 3, protocol/04 section 1.2), remark left out when empty. Stateless.
 */
final class JsonHeaderWriter {

    /** The start of most answers; their other constant parts come in one piece too. */
    private static final byte[] SUCCESS = ascii("{\"code\":0,\"extFields\":{");

    private static final byte[] RESPONSE = ascii("},\"flag\":1,\"language\":\"JAVA\",\"opaque\":");
    private static final byte[] OURS =
            ascii(",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":" + Command.OUR_VERSION + "}");

    private static final byte[] CODE = ascii("{\"code\":");
    private static final byte[] FIELDS = ascii(",\"extFields\":{");
    private static final byte[] FLAG = ascii("},\"flag\":");
    private static final byte[] LANGUAGE = ascii(",\"language\":\"");
    private static final byte[] OPAQUE = ascii("\",\"opaque\":");
    private static final byte[] REMARK = ascii(",\"remark\":");
    private static final byte[] VERSION = ascii(",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":");
    private static final int RESPONSE_FLAG = 1;
    private static final byte[][] LANGUAGES = new byte[Language.values().length][];

    static {
        for (Language language : Language.values()) {
            LANGUAGES[language.ordinal()] = ascii(language.name());
        }
    }

    private JsonHeaderWriter() {}

    static void write(Command command, ByteSink out) {
        if (command.code() == 0) {
            out.writeBytes(SUCCESS);
        } else {
            out.writeBytes(CODE);
            out.writeDecimal(command.code());
            out.writeBytes(FIELDS);
        }
        command.fields().writeTo(new JsonFieldSink(out));
        if (command.flag() == RESPONSE_FLAG && command.language() == Language.JAVA) {
            out.writeBytes(RESPONSE);
        } else {
            out.writeBytes(FLAG);
            out.writeDecimal(command.flag());
            out.writeBytes(LANGUAGE);
            out.writeBytes(LANGUAGES[command.language().ordinal()]);
            out.writeBytes(OPAQUE);
        }
        out.writeDecimal(command.opaque());
        if (!command.remark().isEmpty()) {
            out.writeBytes(REMARK);
            JsonText.writeQuoted(command.remark(), out);
        }
        if (command.version() == Command.OUR_VERSION) {
            out.writeBytes(OURS);
        } else {
            out.writeBytes(VERSION);
            out.writeDecimal(command.version());
            out.writeByte('}');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
