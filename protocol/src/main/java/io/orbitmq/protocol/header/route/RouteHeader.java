package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * GET_ROUTEINFO_BY_TOPIC (protocol/02 section 5).
 *
 * @param topic topic
 * @param standardJson wants quoted numeric keys whatever its version
 * @param zoneMode wants the brokers of its zone only
 * @param zoneName its zone
 */
public record RouteHeader(String topic, boolean standardJson, boolean zoneMode, String zoneName) {

    public static RouteHeader from(Fields fields) {
        return new RouteHeader(
                fields.text("topic"),
                fields.boolOr("acceptStandardJsonOnly", false),
                fields.boolOr("__ZONE_MODE", false),
                fields.text("__ZONE_NAME"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("topic", topic)
                .put("acceptStandardJsonOnly", standardJson)
                .put("__ZONE_MODE", zoneMode)
                .put("__ZONE_NAME", zoneName)
                .build();
    }
}
