/**
 * Test doubles for handlers: {@link io.orbitmq.transport.fake.RecordingExchange} is a request that remembers its answer,
 * {@link io.orbitmq.transport.fake.RecordingConnection} a peer that remembers what was sent to it. They live beside the
 * real thing so that every module that implements a {@link io.orbitmq.transport.RequestHandler} can use them in its
 * tests. No threads, no sockets; production code never uses this package.
 */
package io.orbitmq.transport.fake;
