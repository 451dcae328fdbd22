/**
 * What no client should send: noise, lies about lengths, broken headers, half frames, floods, and answers nobody reads. After
 * each the server must serve a well-behaved client as before. Raw sockets only; start at
 * {@link io.orbitmq.compat.misuse.RawConnection}.
 */
package io.orbitmq.compat.misuse;
