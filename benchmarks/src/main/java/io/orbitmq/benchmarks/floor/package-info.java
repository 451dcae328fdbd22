/**
 * The floor: what a server written in Java would cost that did nothing but take a frame and answer it. It stores nothing
 * that could be read again, so its figures are no aim but the end of the scale. One thread; a process of its own.
 */
package io.orbitmq.benchmarks.floor;
