package io.orbitmq.protocol.frame;

import java.nio.charset.StandardCharsets;

/**
 * Writes a JSON header: names in alphabetical order, {@code extFields} always present because the client reads a send
 * response's without looking (protocol/01 section 3, protocol/04 section 1.2), remark left out when empty. Stateless.
 */
final class JsonHeaderWriter {

    private static final byte[] CODE = ascii("{\"code\":");
    private static final byte[] FIELDS = ascii(",\"extFields\":{");
    private static final byte[] FLAG = ascii("},\"flag\":");
    private static final byte[] LANGUAGE = ascii(",\"language\":\"");
    private static final byte[] OPAQUE = ascii("\",\"opaque\":");
    private static final byte[] REMARK = ascii(",\"remark\":");
    private static final byte[] VERSION = ascii(",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":");
    private static final byte[][] LANGUAGES = new byte[Language.values().length][];

    static {
        for (Language language : Language.values()) {
            LANGUAGES[language.ordinal()] = ascii(language.name());
        }
    }

    private JsonHeaderWriter() {}

    static void write(Command command, ByteSink out) {
        out.writeBytes(CODE);
        out.writeDecimal(command.code());
        out.writeBytes(FIELDS);
        command.fields().writeTo(new JsonFieldSink(out));
        out.writeBytes(FLAG);
        out.writeDecimal(command.flag());
        out.writeBytes(LANGUAGE);
        out.writeBytes(LANGUAGES[command.language().ordinal()]);
        out.writeBytes(OPAQUE);
        out.writeDecimal(command.opaque());
        if (!command.remark().isEmpty()) {
            out.writeBytes(REMARK);
            JsonText.writeQuoted(command.remark(), out);
        }
        out.writeBytes(VERSION);
        out.writeDecimal(command.version());
        out.writeByte('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
