/**
 * Recognises a send that is repeated because the answer to the first did not arrive, and gives the first result again
 * instead of storing the message twice (docs/duplicates.md). Start reading at {@link
 * io.orbitmq.broker.dedup.RepeatedSends}. Every connection keeps its latest sends in a ring ({@code SendRing}, owned by
 * its event loop); those whose answer may be lost move to {@code RememberedSends}, and only while there are any is a send
 * looked up. {@code SameSend} compares a repeat with the record it would repeat.
 */
package io.orbitmq.broker.dedup;
