package io.orbitmq.broker.filter.sql;

import java.util.Locale;
import java.util.Set;

/** Cuts a text into tokens on demand (protocol/09 section 2.1). One owner. */
final class SqlLexer {

    private static final Set<String> KEYWORDS = Set.of(
            "NOT", "AND", "OR", "BETWEEN", "IN", "TRUE", "FALSE", "NULL", "IS", "CONTAINS", "STARTSWITH", "ENDSWITH");

    private final String text;
    private int at;

    SqlLexer(String text) {
        this.text = text;
    }

    Token next() {
        skipBlanksAndComments();
        if (at == text.length()) {
            return new Token(Token.Kind.END, "", at);
        }
        char c = text.charAt(at);
        if (isIdentifierStart(c)) {
            return word();
        }
        if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            return number();
        }
        return c == '\'' ? string() : operator();
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            if (" \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = endOfComment(end, "a line end after '--'") + 1;
            } else if (text.startsWith("/*", at)) {
                at = endOfComment(text.indexOf("*/", at + 2), "'*/'") + 2;
            } else {
                return;
            }
        }
    }

    private int endOfComment(int end, String expected) {
        if (end < 0) {
            throw new SqlSyntaxException("expected " + expected + " for the comment that starts at " + at);
        }
        return end;
    }

    private Token word() {
        int start = at;
        while (at < text.length() && (isIdentifierStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        String word = text.substring(start, at);
        String upper = word.toUpperCase(Locale.ROOT);
        return KEYWORDS.contains(upper)
                ? new Token(Token.Kind.KEYWORD, upper, start)
                : new Token(Token.Kind.IDENTIFIER, word, start);
    }

    /** {@code 0} ends an integer: {@code 017} is the number 0 followed by the number 17. */
    private Token number() {
        int start = at;
        if (text.charAt(at) == '0') {
            at++;
        } else {
            skipDigits();
        }
        int integerEnd = at;
        boolean zeroThenDigits = text.charAt(start) == '0' && isDigit(peek(0));
        if (zeroThenDigits) {
            skipDigits();
        }
        if (skipFraction() | skipExponent()) {
            return new Token(Token.Kind.FLOAT, text.substring(start, at), start);
        }
        at = integerEnd;
        String digits = text.substring(start, at);
        if (peek(0) == 'l' || peek(0) == 'L') {
            at++;
        }
        return new Token(Token.Kind.INTEGER, digits, start);
    }

    private boolean skipFraction() {
        if (peek(0) != '.') {
            return false;
        }
        at++;
        skipDigits();
        return true;
    }

    private boolean skipExponent() {
        if (peek(0) != 'e' && peek(0) != 'E') {
            return false;
        }
        int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if (!isDigit(peek(1 + sign))) {
            return false;
        }
        at += 1 + sign;
        skipDigits();
        return true;
    }

    private void skipDigits() {
        while (isDigit(peek(0))) {
            at++;
        }
    }

    private Token string() {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                content.append(c);
            } else if (peek(0) == '\'') {
                content.append('\'');
                at++;
            } else {
                return new Token(Token.Kind.STRING, content.toString(), start);
            }
        }
        throw new SqlSyntaxException("expected a closing quote for the string that starts at " + start);
    }

    private Token operator() {
        String two = text.substring(at, Math.min(at + 2, text.length()));
        int length =
                switch (two) {
                    case "<>", ">=", "<=" -> 2;
                    default -> "=<>+-(),".indexOf(two.charAt(0)) >= 0 ? 1 : 0;
                };
        if (length == 0) {
            throw new SqlSyntaxException("Lexical error at position " + at + ": expected a name, a number, a quoted"
                    + " string or one of = <> > >= < <= + - ( ) , but found '" + text.charAt(at) + "'");
        }
        Token token = new Token(Token.Kind.OPERATOR, two.substring(0, length), at);
        at += length;
        return token;
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifierStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$';
    }
}
