package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;

/**
 * Unary minus; unknown unless its operand is a number.
 *
 * @param operand what is negated
 */
record MinusNode(Node operand) implements Node {

    @Override
    public Object evaluate(PropertySource properties) {
        Object value = operand.evaluate(properties);
        if (value instanceof Integer number) {
            return -number;
        }
        if (value instanceof Long number) {
            return -number;
        }
        return value instanceof Double number ? (Object) (-number) : Mark.UNKNOWN;
    }

    @Override
    public String toString() {
        return "-" + operand;
    }
}
