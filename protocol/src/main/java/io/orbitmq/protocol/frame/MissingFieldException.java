package io.orbitmq.protocol.frame;

/** A request lacks a field it cannot do without, or the field is not a number. The request fails with code 1. */
public final class MissingFieldException extends RuntimeException {

    MissingFieldException(String field) {
        super("the request header lacks the field '" + field + "'; send it as an entry of extFields");
    }

    MissingFieldException(String field, String found) {
        super("the request header field '" + field + "' must be a decimal number, found '" + found + "'");
    }
}
