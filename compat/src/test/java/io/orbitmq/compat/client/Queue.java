package io.orbitmq.compat.client;

/** A queue of a topic on a broker; sorts like the official library does. */
public record Queue(String topic, String broker, int id) {}
