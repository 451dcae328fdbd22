package io.orbitmq.broker.filter.sql;

/** A text that is not an expression; the subscription is refused with its message (protocol/09 section 3). */
public final class SqlSyntaxException extends RuntimeException {

    SqlSyntaxException(String message) {
        super(message);
    }
}
