/**
 * The words the scenarios are written in: what a producer or consumer of the official client library can do, without a single
 * type of that library, so that one scenario runs against several versions loaded side by side.
 *
 * <p>Start at {@link io.orbitmq.compat.client.ClientVersion}: it loads a version and answers its
 * {@link io.orbitmq.compat.client.OfficialClient}. The implementation lives in {@code compat.adapter} and is loaded once per
 * version, beside that version's jars. Threads: listeners are called on the official client's own threads.
 */
package io.orbitmq.compat.client;
