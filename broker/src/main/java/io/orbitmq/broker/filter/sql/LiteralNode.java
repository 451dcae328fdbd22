package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;

/**
 * A constant.
 *
 * @param value String, Integer, Long, Double, Boolean, or UNKNOWN for NULL
 */
record LiteralNode(Object value) implements Node {

    boolean isNull() {
        return value == Mark.UNKNOWN;
    }

    @Override
    public Object evaluate(PropertySource properties) {
        return value;
    }

    @Override
    public String toString() {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
