/**
 * Moves the messages of one topic into another, for example one with more queues. Start reading at {@link
 * io.orbitmq.server.drain.TopicDrain}, which works in rounds: pull from every source queue, send to the target queues,
 * and only then commit, as a consumer group, how far it came. A killed drain goes on from there and repeats at most one
 * round. Everything runs on the command's thread but the answers of sends, which arrive on the client's event loop.
 */
package io.orbitmq.server.drain;
