/**
 * SQL92 expressions over message properties: {@link io.orbitmq.broker.filter.sql.SqlExpression} is the front door. The
 * lexer and parser turn the text into a tree of small nodes once per subscription; evaluation is three-valued, allocates
 * next to nothing and never throws. Immutable; any thread. Source: protocol/09 section 2.
 */
package io.orbitmq.broker.filter.sql;
