package io.orbitmq.compat.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A message as the library handed it over. */
public record Received(
        Queue queue,
        long queueOffset,
        String messageId,
        String tag,
        String keys,
        byte[] body,
        Map<String, String> properties,
        Origin origin) {

    /**
     * Where and when the message was made.
     *
     * @param offsetMessageId the id the broker made of its address and the place in the log
     */
    public record Origin(
            String offsetMessageId,
            long bornTimestampMs,
            long storeTimestampMs,
            String bornHost,
            String storeHost,
            int sysFlag,
            int reconsumeTimes,
            int storeBytes) {}

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
