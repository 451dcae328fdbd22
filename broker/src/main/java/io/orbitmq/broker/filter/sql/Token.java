package io.orbitmq.broker.filter.sql;

/**
 * One lexical element.
 *
 * @param kind what it is
 * @param text as written; keywords in upper case, strings without quotes
 * @param position index of its first character
 */
record Token(Kind kind, String text, int position) {

    boolean isKeyword(String keyword) {
        return kind == Kind.KEYWORD && text.equals(keyword);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** What a token can be. */
    enum Kind {
        KEYWORD,
        IDENTIFIER,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }
}
