package io.orbitmq.broker.filter.sql;

/** Comparison of values of different types (protocol/09 section 2.5). Orders are -1, 0, 1 or {@link #FAULT}. */
final class Coercion {

    /** The values cannot be compared: a run-time error. */
    static final int FAULT = Integer.MIN_VALUE;

    private static final int LESS = -1;

    private Coercion() {}

    static int compare(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b);
        }
        if (left instanceof String text) {
            return compareText(text, right);
        }
        if (right instanceof String text) {
            int order = left instanceof Number ? compareText(text, left) : FAULT;
            return order == FAULT ? FAULT : -order;
        }
        return left.equals(right) ? 0 : LESS;
    }

    static int compareNumbers(Number left, Number right) {
        if (left instanceof Double || right instanceof Double) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return Long.compare(left.longValue(), right.longValue());
    }

    static int compareAsDoubles(String left, String right) {
        try {
            return Double.compare(Double.parseDouble(left), Double.parseDouble(right));
        } catch (NumberFormatException e) {
            return FAULT;
        }
    }

    private static int compareText(String text, Object right) {
        if (right instanceof Boolean truth) {
            return Boolean.parseBoolean(text) == truth ? 0 : LESS;
        }
        try {
            if (right instanceof Integer number) {
                return Integer.compare(Integer.parseInt(text), number);
            }
            if (right instanceof Long number) {
                return Long.compare(Long.parseLong(text), number);
            }
            return right instanceof Double number ? Double.compare(Double.parseDouble(text), number) : LESS;
        } catch (NumberFormatException e) {
            return FAULT;
        }
    }
}
