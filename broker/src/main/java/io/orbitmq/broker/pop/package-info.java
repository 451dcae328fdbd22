/**
 * Pop consumption (protocol/08): messages are handed to whoever asks first and hidden from others for a while; each is
 * acknowledged alone, and copied to the group's pop retry topic when that does not happen in time. Start reading at {@link
 * io.orbitmq.broker.pop.Pops}, which has the handlers; {@code PopRun} is one pop, {@code Reviver} the copying. State is in
 * {@code pop.state}, what waits in {@code pop.hold}; docs/pop.md tells the whole. A pop runs to its end on the
 * connection's event loop, or on the cold-read pool when it needs the disk; reviving has a thread of its own.
 */
package io.orbitmq.broker.pop;
