package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;

/**
 * {@code IS NULL} and {@code IS NOT NULL}: never unknown.
 *
 * @param operand what is asked
 * @param negated whether NOT is there
 */
record IsNullNode(Node operand, boolean negated) implements BooleanNode {

    @Override
    public Object evaluate(PropertySource properties) {
        Object value = operand.evaluate(properties);
        return value == Mark.FAULT ? value : (Object) ((value == Mark.UNKNOWN) != negated);
    }
}
