/**
 * Frames of the remoting protocol: {@link io.orbitmq.protocol.frame.Command} is one decoded frame, {@link
 * io.orbitmq.protocol.frame.Fields} its extFields; the codecs turn them into bytes and back in both header
 * serializations. Values are immutable and stateless; any thread. Source: protocol/01.
 */
package io.orbitmq.protocol.frame;
