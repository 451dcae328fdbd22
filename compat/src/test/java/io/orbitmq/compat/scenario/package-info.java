/**
 * What applications do with RocketMQ, played with the official client libraries against our server: sending, consuming in all
 * ways, querying, surviving restarts. Every test runs once per client version; one server serves a whole test class, so each
 * test makes its own topics and groups ({@link io.orbitmq.compat.scenario.Scenario}).
 */
package io.orbitmq.compat.scenario;
