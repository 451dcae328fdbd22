package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;

/** Three-valued logic; the right side is evaluated only when the left does not decide. */
final class LogicNode {

    private LogicNode() {}

    static BooleanNode and(Node left, Node right) {
        return new Binary(left, right, Boolean.FALSE);
    }

    static BooleanNode or(Node left, Node right) {
        return new Binary(left, right, Boolean.TRUE);
    }

    static BooleanNode not(Node operand) {
        return new Not(operand);
    }

    /**
     * @param deciding the value that decides alone: false for AND, true for OR
     */
    private record Binary(Node left, Node right, Boolean deciding) implements BooleanNode {

        @Override
        public Object evaluate(PropertySource properties) {
            Object first = left.evaluate(properties);
            if (first == Mark.FAULT || deciding.equals(first)) {
                return first;
            }
            Object second = right.evaluate(properties);
            if (second == Mark.FAULT || deciding.equals(second)) {
                return second;
            }
            return first == Mark.UNKNOWN || second == Mark.UNKNOWN ? Mark.UNKNOWN : (Object) !deciding;
        }
    }

    private record Not(Node operand) implements BooleanNode {

        @Override
        public Object evaluate(PropertySource properties) {
            Object value = operand.evaluate(properties);
            return value instanceof Boolean truth ? (Object) !truth : value;
        }
    }
}
