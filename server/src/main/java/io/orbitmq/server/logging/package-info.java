/**
 * The log: one line per event on standard error. {@link io.orbitmq.server.logging.ConsoleLog} is found by Logback
 * itself, through {@code META-INF/services}; it replaces an XML file, whose parser would slow down
 * every start. Level: environment variable {@code ORBITMQ_LOG_LEVEL}. {@code -Dlogback.configurationFile=FILE} gives
 * control back to Logback.
 */
package io.orbitmq.server.logging;
