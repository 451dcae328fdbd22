/**
 * Operators' requests about the broker as a whole: figures, settings, cleaning. {@link
 * io.orbitmq.broker.manage.broker.LiveKeys} says which settings take effect while the broker runs. Runs on the
 * administration's pool. Source: protocol/11 section 3.5, protocol/15 section 4.
 */
package io.orbitmq.broker.manage.broker;
