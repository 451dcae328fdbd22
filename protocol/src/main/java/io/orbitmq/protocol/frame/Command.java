package io.orbitmq.protocol.frame;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One frame: a request or a response (protocol/01 section 2). Immutable, except that reading {@code body} moves its
 * position; use {@link ByteBuffer#duplicate} when it is read twice.
 *
 * @param code request code or response code
 * @param language the sender's language
 * @param version the sender's release number (protocol/01 section 5)
 * @param opaque correlation number, chosen by the requester and copied by the responder
 * @param flag bit 0: response, bit 1: one-way
 * @param remark error text, empty when absent
 * @param fields the extFields
 * @param body raw bytes, empty when absent. A body received from a connection is valid until the handler returns
 */
public record Command(
        int code, Language language, int version, int opaque, int flag, String remark, Fields fields, ByteBuffer body) {

    /** The release that we answer as: 5.3.3. */
    public static final int OUR_VERSION = 479;

    private static final int RESPONSE_BIT = 1;
    private static final int ONE_WAY_BIT = 2;
    private static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    public Command {
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(remark, "remark");
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(body, "body");
    }

    /** A request with our language and version; the transport sets the opaque. */
    public static Command request(int code, Fields fields) {
        return request(code, fields, NO_BODY);
    }

    public static Command request(int code, Fields fields, ByteBuffer body) {
        return new Command(code, Language.JAVA, OUR_VERSION, 0, 0, "", fields, body);
    }

    /** A response to {@code request} without remark or body. */
    public static Command response(Command request, int code, Fields fields) {
        return response(request, code, "", fields, NO_BODY);
    }

    /** A response to {@code request} that only says what went wrong. */
    public static Command refusal(Command request, int code, String remark) {
        return response(request, code, remark, Fields.NONE, NO_BODY);
    }

    public static Command response(Command request, int code, String remark, Fields fields, ByteBuffer body) {
        return new Command(code, Language.JAVA, OUR_VERSION, request.opaque, RESPONSE_BIT, remark, fields, body);
    }

    public Command withOpaque(int newOpaque) {
        return new Command(code, language, version, newOpaque, flag, remark, fields, body);
    }

    public Command asOneWay() {
        return new Command(code, language, version, opaque, flag | ONE_WAY_BIT, remark, fields, body);
    }

    public Command withBody(ByteBuffer newBody) {
        return new Command(code, language, version, opaque, flag, remark, fields, newBody);
    }

    public boolean isResponse() {
        return (flag & RESPONSE_BIT) != 0;
    }

    public boolean isOneWay() {
        return (flag & ONE_WAY_BIT) != 0;
    }

    /** The body's bytes in a new array; the body's position does not move. */
    public byte[] bodyBytes() {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }
}
