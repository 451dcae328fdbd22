/**
 * Every byte on the wire and in a stored message, as pure functions: no I/O, no threads, no clocks. Wire names
 * (extFields keys, JSON member names) live only here. Start reading at {@link io.orbitmq.protocol.frame.Command}, then
 * {@code message} for the stored record. Source of all rules: the protocol pages 01, 02, 03, 04, 07 and 11.
 */
package io.orbitmq.protocol;
