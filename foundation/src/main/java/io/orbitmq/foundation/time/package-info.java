/**
 * The one way to read time. Everything that needs a clock takes a {@link io.orbitmq.foundation.time.Clock} as a
 * parameter, so that simulations decide what time it is. Only {@link io.orbitmq.foundation.time.SystemClock} asks the
 * operating system. Stateless; any thread.
 */
package io.orbitmq.foundation.time;
