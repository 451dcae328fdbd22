/**
 * The floor: what a server written in Java would cost that did nothing but take a frame and answer it. It counts messages and
 * stores none that could be read again, so its figures are no aim but the end of the scale. One thread; a process of its own.
 * Start reading at {@link io.orbitmq.benchmarks.floor.FloorServer}; {@code FloorRequests} is all it does with a request.
 */
package io.orbitmq.benchmarks.floor;
