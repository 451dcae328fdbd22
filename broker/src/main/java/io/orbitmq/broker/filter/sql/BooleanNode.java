package io.orbitmq.broker.filter.sql;

/** A node whose result is TRUE, FALSE or a mark. */
interface BooleanNode extends Node {}
