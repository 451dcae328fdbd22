package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;
import java.util.Optional;

/**
 * {@code = < <= > >=} (protocol/09 sections 2.4 and 2.5).
 *
 * @param relation which one
 * @param left left operand
 * @param right right operand
 */
record ComparisonNode(Relation relation, Node left, Node right) implements BooleanNode {

    @Override
    public Object evaluate(PropertySource properties) {
        Object first = left.evaluate(properties);
        Object second = right.evaluate(properties);
        if (first == Mark.FAULT || second == Mark.FAULT) {
            return Mark.FAULT;
        }
        return relation == Relation.EQUAL ? equal(first, second) : ordered(first, second);
    }

    private static Object equal(Object first, Object second) {
        if (first == Mark.UNKNOWN) {
            return second == Mark.UNKNOWN ? Boolean.TRUE : Mark.UNKNOWN;
        }
        if (second == Mark.UNKNOWN) {
            return Boolean.FALSE;
        }
        if (first instanceof String && second instanceof String) {
            return first.equals(second);
        }
        return result(Coercion.compare(first, second), Relation.EQUAL);
    }

    private Object ordered(Object first, Object second) {
        if (first == Mark.UNKNOWN || second == Mark.UNKNOWN) {
            return Mark.UNKNOWN;
        }
        if (first instanceof String a && second instanceof String b) {
            return result(Coercion.compareAsDoubles(a, b), relation);
        }
        return result(Coercion.compare(first, second), relation);
    }

    private static Object result(int order, Relation relation) {
        return order == Coercion.FAULT ? Mark.FAULT : (Object) relation.holds(order);
    }

    /** A relation between two values. */
    enum Relation {
        EQUAL("="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String operator;

        Relation(String operator) {
            this.operator = operator;
        }

        /** The order relation written as {@code operator}. */
        static Optional<Relation> of(String operator) {
            for (Relation relation : values()) {
                if (relation != EQUAL && relation.operator.equals(operator)) {
                    return Optional.of(relation);
                }
            }
            return Optional.empty();
        }

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }
}
