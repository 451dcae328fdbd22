/**
 * Work that runs later or again and again. Start reading at {@link io.orbitmq.foundation.schedule.Scheduler}; the
 * production one owns a single daemon thread, tests use the simulated one from testkit. Tasks must be short: a task
 * that blocks delays all others. {@link io.orbitmq.foundation.schedule.NextRun} wakes whoever waits for a time of the day;
 * {@link io.orbitmq.foundation.schedule.RecurringFailure} tells the log of work that fails again and again.
 */
package io.orbitmq.foundation.schedule;
