package io.orbitmq.store;

/**
 * A search by key.
 *
 * @param topic the topic the message was stored in
 * @param key one key, or the unique key
 * @param maxCount most records to return
 * @param beginMs earliest store time, epoch ms inclusive
 * @param endMs latest store time, epoch ms inclusive
 */
public record KeyQuery(String topic, String key, int maxCount, long beginMs, long endMs) {}
