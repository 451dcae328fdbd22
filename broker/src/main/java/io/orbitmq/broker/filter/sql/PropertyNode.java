package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;

/**
 * A property's text, unknown when it is absent.
 *
 * @param name case sensitive
 */
record PropertyNode(String name) implements Node {

    @Override
    public Object evaluate(PropertySource properties) {
        String value = properties.property(name);
        return value.isEmpty() ? Mark.UNKNOWN : value;
    }

    @Override
    public String toString() {
        return name;
    }
}
