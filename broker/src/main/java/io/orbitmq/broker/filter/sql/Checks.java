package io.orbitmq.broker.filter.sql;

/** Rules that hold at compile time (protocol/09 section 2.3). */
final class Checks {

    private Checks() {}

    /** Operands of logic, and the whole expression, are boolean or a bare property. */
    static Node booleanOrProperty(Node node) {
        if (node instanceof LiteralNode literal && !(literal.value() instanceof Boolean || literal.isNull())
                || node instanceof MinusNode) {
            throw new SqlSyntaxException("Expression will not result in a boolean value: " + node);
        }
        return node instanceof PropertyNode property ? new BarePropertyNode(property) : node;
    }

    static void notNullLiteral(Node node) {
        if (node instanceof LiteralNode literal && literal.isNull()) {
            throw new SqlSyntaxException("'NULL' cannot be compared.");
        }
    }

    /** Operands of order comparisons: no strings, no booleans. */
    static Node comparable(Node node) {
        notNullLiteral(node);
        boolean literalText = node instanceof LiteralNode literal
                && (literal.value() instanceof String || literal.value() instanceof Boolean);
        if (literalText || node instanceof BooleanNode) {
            throw new SqlSyntaxException("Value '" + node + "' cannot be compared.");
        }
        return node;
    }

    static Node property(Node node) {
        if (node instanceof PropertyNode) {
            return node;
        }
        throw new SqlSyntaxException("Expected a property for In expression, got: " + node);
    }

    static void betweenBounds(Node low, Node high) {
        if (isNull(low) || isNull(high)) {
            throw new SqlSyntaxException("Illegal values of between, values can not be null!");
        }
        comparable(low);
        comparable(high);
        if (low instanceof LiteralNode left
                && high instanceof LiteralNode right
                && Coercion.compareNumbers((Number) left.value(), (Number) right.value()) > 0) {
            throw new SqlSyntaxException("Illegal values of between, left value(" + left.value()
                    + ") must less than or equal to right value(" + right.value() + ")");
        }
    }

    private static boolean isNull(Node node) {
        return node instanceof LiteralNode literal && literal.isNull();
    }
}
