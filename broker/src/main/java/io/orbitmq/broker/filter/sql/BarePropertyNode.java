package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;

/**
 * A property where a boolean is wanted: unknown when absent, otherwise false, because its value is text.
 *
 * @param property the property
 */
record BarePropertyNode(PropertyNode property) implements BooleanNode {

    @Override
    public Object evaluate(PropertySource properties) {
        return property.evaluate(properties) == Mark.UNKNOWN ? Mark.UNKNOWN : Boolean.FALSE;
    }
}
