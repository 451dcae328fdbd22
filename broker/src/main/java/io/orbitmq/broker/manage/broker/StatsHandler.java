package io.orbitmq.broker.manage.broker;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.traffic.Span;
import io.orbitmq.broker.traffic.Traffic;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.broker.traffic.TrafficMeter.Kind;
import io.orbitmq.broker.traffic.TrafficMeter.Total;
import io.orbitmq.protocol.body.broker.StatsSnapshot;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.broker.StatsHeader;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.util.Optional;
import java.util.function.Function;

/**
 * VIEW_BROKER_STATS_DATA (315): one measure over a minute, an hour and a day. Known are the numbers and sizes put and got
 * by topic, by topic and group, and by the broker, and the numbers sent back; anything else "does not exist", which tools
 * take for zero.
 */
public final class StatsHandler implements RequestHandler {

    private final LiveConfig config;
    private final TrafficMeter traffic;

    public StatsHandler(ManageParts parts) {
        this.config = parts.config();
        this.traffic = parts.traffic();
    }

    @Override
    public void handle(Exchange exchange) {
        StatsHeader asked = StatsHeader.from(exchange.request().fields());
        boolean ofSizes = asked.statsName().endsWith("_SIZE");
        Optional<Traffic> minute = find(asked, Span.MINUTE);
        Optional<Traffic> hour = find(asked, Span.HOUR);
        Optional<Traffic> day = find(asked, Span.DAY);
        if (minute.isEmpty() || hour.isEmpty() || day.isEmpty()) {
            exchange.refuse(
                    ResponseCode.SYSTEM_ERROR,
                    "The stats <" + asked.statsName() + "> <" + asked.statsKey() + "> not exist");
            return;
        }
        Function<Traffic, StatsSnapshot.Span> shape = ofSizes ? StatsHandler::sizes : StatsHandler::counts;
        Replies.body(
                exchange,
                new StatsSnapshot(shape.apply(minute.get()), shape.apply(hour.get()), shape.apply(day.get())).encode());
    }

    private Optional<Traffic> find(StatsHeader asked, Span span) {
        String key = asked.statsKey();
        return switch (asked.statsName()) {
            case "TOPIC_PUT_NUMS", "TOPIC_PUT_SIZE" -> traffic.over(span, Kind.SENT, key, "");
            case "GROUP_GET_NUMS", "GROUP_GET_SIZE" -> ofGroup(span, Kind.PULLED, key);
            case "SNDBCK_PUT_NUMS" -> ofGroup(span, Kind.SENT_BACK, key);
            case "BROKER_PUT_NUMS", "BROKER_PUT_SIZE" -> ofBroker(span, Total.SENT, key);
            case "BROKER_GET_NUMS", "BROKER_GET_SIZE" -> ofBroker(span, Total.PULLED, key);
            default -> Optional.empty();
        };
    }

    /** The key is {@code topic@group}. */
    private Optional<Traffic> ofGroup(Span span, Kind kind, String key) {
        int at = key.indexOf('@');
        return at < 0 ? Optional.empty() : traffic.over(span, kind, key.substring(0, at), key.substring(at + 1));
    }

    /** The key is the cluster's name. */
    private Optional<Traffic> ofBroker(Span span, Total total, String key) {
        return key.equals(config.get().identity().clusterName())
                ? Optional.of(traffic.over(span, total))
                : Optional.empty();
    }

    private static StatsSnapshot.Span counts(Traffic measured) {
        return new StatsSnapshot.Span(measured.count(), measured.countPerSecond(), measured.count() == 0 ? 0 : 1);
    }

    private static StatsSnapshot.Span sizes(Traffic measured) {
        return new StatsSnapshot.Span(measured.bytes(), measured.bytesPerSecond(), measured.bytesPerMessage());
    }
}
