package io.orbitmq.broker.filter.sql;

import io.orbitmq.broker.filter.sql.SqlExpression.PropertySource;

/** One node of a compiled expression. Values are String, Integer, Long, Double, Boolean or a {@link Mark}. */
interface Node {

    /** Never throws and never returns null. */
    Object evaluate(PropertySource properties);

    /** Results that are not values. */
    enum Mark {
        /** Null of SQL's three-valued logic. */
        UNKNOWN,
        /** A run-time error: the whole expression does not match. */
        FAULT
    }
}
