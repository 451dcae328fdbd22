package io.orbitmq.broker.delay;

/**
 * How far a delay level is.
 *
 * @param level from 1
 * @param done offset of the first message that waits
 * @param max one past the newest
 */
public record LevelProgress(int level, long done, long max) {}
