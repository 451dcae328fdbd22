package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;
import java.util.Set;

/**
 * {@code IN} and {@code NOT IN}: exact text membership, unknown when the property is absent.
 *
 * @param property what is looked up
 * @param strings the list
 * @param negated whether NOT is there
 */
record InNode(Node property, Set<String> strings, boolean negated) implements BooleanNode {

    @Override
    public Object evaluate(PropertySource properties) {
        Object value = property.evaluate(properties);
        return value instanceof String text ? (Object) (strings.contains(text) != negated) : value;
    }
}
