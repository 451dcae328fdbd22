/**
 * Bodies about consumer groups. Start reading at {@link io.orbitmq.protocol.body.group.GroupConfig}. Immutable
 * values; any thread. Source: protocol/11 section 3.3.
 */
package io.orbitmq.protocol.body.group;
