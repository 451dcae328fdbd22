package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;

/**
 * {@code CONTAINS}, {@code STARTSWITH}, {@code ENDSWITH} and their negations: false, negated or not, when the operand is
 * not text or the literal is empty.
 *
 * @param operation which of the three
 * @param operand what is searched
 * @param literal what is searched for
 * @param negated whether NOT is there
 */
record TextNode(Operation operation, Node operand, String literal, boolean negated) implements BooleanNode {

    @Override
    public Object evaluate(PropertySource properties) {
        Object value = operand.evaluate(properties);
        if (value == Mark.FAULT) {
            return value;
        }
        return !literal.isEmpty() && value instanceof String text && holds(text) != negated;
    }

    private boolean holds(String text) {
        return switch (operation) {
            case CONTAINS -> text.contains(literal);
            case STARTSWITH -> text.startsWith(literal);
            case ENDSWITH -> text.endsWith(literal);
        };
    }

    /** Named like the keywords. */
    enum Operation {
        CONTAINS,
        STARTSWITH,
        ENDSWITH
    }
}
