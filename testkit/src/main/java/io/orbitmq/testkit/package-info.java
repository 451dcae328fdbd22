/**
 * Fakes as products: simulated clock, scheduler and disk for tests of all modules. Single-threaded unless a class says
 * otherwise; randomness comes from a seed that the test prints.
 */
package io.orbitmq.testkit;
