package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.ComparisonNode.Relation;
import io.orbitmq.broker.filter.sql.TextNode.Operation;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;

/**
 * Recursive descent over the grammar of protocol/09 section 2.2. What follows a complete expression is not parsed, only
 * its next token must be lexically valid, as the official broker has it. One owner.
 */
final class SqlParser {

    private static final int MAX_DEPTH = 200;

    private final SqlLexer lexer;
    private Token token;
    private int depth;

    SqlParser(String text) {
        this.lexer = new SqlLexer(text);
        this.token = lexer.next();
    }

    Node parse() {
        Node root = or();
        return Checks.booleanOrProperty(root);
    }

    private Node or() {
        Node left = and();
        while (token.isKeyword("OR")) {
            advance();
            left = LogicNode.or(Checks.booleanOrProperty(left), Checks.booleanOrProperty(and()));
        }
        return left;
    }

    private Node and() {
        Node left = equality();
        while (token.isKeyword("AND")) {
            advance();
            left = LogicNode.and(Checks.booleanOrProperty(left), Checks.booleanOrProperty(equality()));
        }
        return left;
    }

    private Node equality() {
        Node left = comparison();
        while (true) {
            if (token.isOperator("=") || token.isOperator("<>")) {
                boolean equal = token.isOperator("=");
                advance();
                Node right = comparison();
                Checks.notNullLiteral(left);
                Checks.notNullLiteral(right);
                Node same = new ComparisonNode(Relation.EQUAL, left, right);
                left = equal ? same : LogicNode.not(same);
            } else if (token.isKeyword("IS")) {
                advance();
                boolean negated = accept("NOT");
                expectKeyword("NULL");
                left = new IsNullNode(left, negated);
            } else {
                return left;
            }
        }
    }

    private Node comparison() {
        Node left = unary();
        while (true) {
            if (token.kind() == Token.Kind.OPERATOR && Relation.of(token.text()).isPresent()) {
                Relation relation = Relation.of(token.text()).get();
                advance();
                left = new ComparisonNode(relation, Checks.comparable(left), Checks.comparable(unary()));
            } else if (token.kind() == Token.Kind.KEYWORD && startsPredicate()) {
                left = predicate(left, accept("NOT"));
            } else {
                return left;
            }
        }
    }

    private boolean startsPredicate() {
        return switch (token.text()) {
            case "NOT", "CONTAINS", "STARTSWITH", "ENDSWITH", "BETWEEN", "IN" -> true;
            default -> false;
        };
    }

    private Node predicate(Node left, boolean negated) {
        String word = token.kind() == Token.Kind.KEYWORD ? token.text() : "";
        switch (word) {
            case "CONTAINS", "STARTSWITH", "ENDSWITH" -> {
                advance();
                return new TextNode(Operation.valueOf(word), left, stringLiteral(), negated);
            }
            case "BETWEEN" -> {
                advance();
                Node low = unary();
                expectKeyword("AND");
                return between(left, low, unary(), negated);
            }
            case "IN" -> {
                advance();
                return new InNode(Checks.property(left), stringList(), negated);
            }
            default -> throw unexpected("CONTAINS, STARTSWITH, ENDSWITH, BETWEEN or IN");
        }
    }

    private static Node between(Node value, Node low, Node high, boolean negated) {
        Checks.betweenBounds(low, high);
        Checks.comparable(value);
        if (negated) {
            return LogicNode.or(
                    new ComparisonNode(Relation.LESS, value, low), new ComparisonNode(Relation.GREATER, value, high));
        }
        return LogicNode.and(
                new ComparisonNode(Relation.GREATER_OR_EQUAL, value, low),
                new ComparisonNode(Relation.LESS_OR_EQUAL, value, high));
    }

    private Node unary() {
        if (++depth > MAX_DEPTH) {
            throw new SqlSyntaxException("an expression may be nested at most " + MAX_DEPTH + " levels deep");
        }
        Node node;
        if (token.isOperator("+")) {
            advance();
            node = unary();
        } else if (token.isOperator("-")) {
            advance();
            node = negative();
        } else if (token.isKeyword("NOT")) {
            advance();
            node = LogicNode.not(Checks.booleanOrProperty(unary()));
        } else {
            node = primary();
        }
        depth--;
        return node;
    }

    /** The smallest long has no positive twin, so a minus before an integer is read with it. */
    private Node negative() {
        if (token.kind() == Token.Kind.INTEGER) {
            Node literal = integer("-" + token.text());
            advance();
            return literal;
        }
        return new MinusNode(unary());
    }

    private Node primary() {
        Token current = token;
        switch (current.kind()) {
            case STRING -> {
                advance();
                return new LiteralNode(current.text());
            }
            case INTEGER -> {
                advance();
                return integer(current.text());
            }
            case FLOAT -> {
                advance();
                return floating(current.text());
            }
            case IDENTIFIER -> {
                advance();
                return new PropertyNode(current.text());
            }
            case KEYWORD -> {
                return keywordLiteral(current);
            }
            default -> {
                if (!current.isOperator("(")) {
                    throw unexpected("a property, a literal or '('");
                }
                advance();
                Node inner = or();
                expectOperator(")");
                return inner;
            }
        }
    }

    private Node keywordLiteral(Token current) {
        Node literal =
                switch (current.text()) {
                    case "TRUE" -> new LiteralNode(Boolean.TRUE);
                    case "FALSE" -> new LiteralNode(Boolean.FALSE);
                    case "NULL" -> new LiteralNode(Node.Mark.UNKNOWN);
                    default -> throw unexpected("a property, a literal or '('");
                };
        advance();
        return literal;
    }

    private static Node integer(String digits) {
        BigInteger value = new BigInteger(digits);
        if (value.bitLength() > 63) {
            throw new SqlSyntaxException("an integer must fit into 64 bits, found " + digits);
        }
        return value.bitLength() > 31 ? new LiteralNode(value.longValue()) : new LiteralNode(value.intValue());
    }

    private static Node floating(String text) {
        double value = Double.parseDouble(text);
        if (value < Double.MIN_VALUE) {
            throw new SqlSyntaxException(value + " is less than " + Double.MIN_VALUE);
        }
        if (Double.isInfinite(value)) {
            throw new SqlSyntaxException(text + " is greater than " + Double.MAX_VALUE);
        }
        return new LiteralNode(value);
    }

    private Set<String> stringList() {
        expectOperator("(");
        Set<String> strings = new HashSet<>();
        strings.add(stringLiteral());
        while (token.isOperator(",")) {
            advance();
            strings.add(stringLiteral());
        }
        expectOperator(")");
        return strings;
    }

    private String stringLiteral() {
        if (token.kind() != Token.Kind.STRING) {
            throw unexpected("a quoted string");
        }
        String text = token.text();
        advance();
        return text;
    }

    private boolean accept(String keyword) {
        boolean found = token.isKeyword(keyword);
        if (found) {
            advance();
        }
        return found;
    }

    private void expectKeyword(String keyword) {
        if (!accept(keyword)) {
            throw unexpected(keyword);
        }
    }

    private void expectOperator(String operator) {
        if (!token.isOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
        advance();
    }

    private void advance() {
        token = lexer.next();
    }

    private SqlSyntaxException unexpected(String expected) {
        String found = token.kind() == Token.Kind.END ? "the end" : "'" + token.text() + "'";
        return new SqlSyntaxException(
                "Encountered " + found + " at position " + token.position() + ", expected " + expected);
    }
}
