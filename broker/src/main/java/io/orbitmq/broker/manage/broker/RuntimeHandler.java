package io.orbitmq.broker.manage.broker;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.dedup.RepeatCounts;
import io.orbitmq.broker.dedup.RepeatedSends;
import io.orbitmq.broker.delay.DelayFigures;
import io.orbitmq.broker.delay.DelayProgress;
import io.orbitmq.broker.delay.LevelProgress;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.broker.longpoll.HeldRequests;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.broker.traffic.AnswerTimes;
import io.orbitmq.broker.traffic.DailyTotals;
import io.orbitmq.broker.traffic.Span;
import io.orbitmq.broker.traffic.TrafficMeter;
import io.orbitmq.broker.traffic.TrafficMeter.Total;
import io.orbitmq.foundation.time.Clock;
import io.orbitmq.protocol.body.broker.TextTable;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.StoreStatus;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * GET_BROKER_RUNTIME_INFO (28): the figures of the moment as texts under RocketMQ's names (protocol/11 section 3.5). What
 * this broker does not have is zero where tools insist on a number (there are no waiting queues of sends and pulls: they
 * run on the event loops) and left out otherwise.
 */
public final class RuntimeHandler implements RequestHandler {

    private static final String VERSION_NAME = "V5_3_3";
    private static final String NO_POOL = "2147483647";
    private static final double BYTES_PER_GIB = 1L << 30;

    private final LiveConfig config;
    private final MessageStore store;
    private final TrafficMeter traffic;
    private final HeldRequests held;
    private final ConsumerGroups groups;
    private final DelayProgress delays;
    private final RepeatedSends repeats;
    private final Clock clock;
    private final long startedMs;

    public RuntimeHandler(ManageParts parts) {
        this.config = parts.config();
        this.store = parts.store();
        this.traffic = parts.traffic();
        this.held = parts.held();
        this.groups = parts.groups();
        this.delays = parts.delays();
        this.repeats = parts.repeats();
        this.clock = parts.clock();
        this.startedMs = parts.clock().epochMs();
    }

    @Override
    public void handle(Exchange exchange) {
        Map<String, String> table = new TreeMap<>();
        addIdentity(table);
        addTraffic(table);
        addTimes(table);
        addQueues(table);
        addStore(table, store.status());
        addDelays(table);
        addConflicts(table);
        addRepeats(table, repeats.counts());
        Replies.body(exchange, new TextTable(table).encode());
    }

    private void addIdentity(Map<String, String> table) {
        table.put("brokerVersionDesc", VERSION_NAME);
        table.put("brokerVersion", Integer.toString(Command.OUR_VERSION));
        table.put("brokerActive", "true");
        table.put("bootTimestamp", Long.toString(startedMs));
        table.put(
                "startAcceptSendRequestTimeStamp",
                Long.toString(config.get().sends().acceptFromMs()));
        Duration up = Duration.ofMillis(clock.epochMs() - startedMs);
        table.put(
                "runtime",
                "[ " + up.toDays() + " days, " + up.toHoursPart() + " hours, " + up.toMinutesPart() + " minutes, "
                        + up.toSecondsPart() + " seconds ]");
    }

    private void addTraffic(Map<String, String> table) {
        table.put("putTps", perSecond(Total.SENT));
        table.put("getTransferredTps", perSecond(Total.PULLED));
        table.put("getFoundTps", perSecond(Total.FOUND_PULLS));
        table.put("getMissTps", perSecond(Total.MISSED_PULLS));
        table.put("getTotalTps", perSecond(Total.FOUND_PULLS, Total.MISSED_PULLS));
        addDays(table, "msgPutTotal", traffic.sentByDay());
        addDays(table, "msgGetTotal", traffic.pulledByDay());
    }

    /** Three numbers: over 10 seconds, a minute and ten minutes. */
    private String perSecond(Total... totals) {
        StringBuilder text = new StringBuilder();
        for (Span span : new Span[] {Span.TEN_SECONDS, Span.MINUTE, Span.TEN_MINUTES}) {
            text.append(text.isEmpty() ? "" : " ").append(perSecond(span, totals));
        }
        return text.toString();
    }

    private String perSecond(Span span, Total... totals) {
        double sum = 0;
        for (Total total : totals) {
            sum += traffic.over(span, total).countPerSecond();
        }
        return String.format(Locale.ROOT, "%.4f", sum);
    }

    /** Since the start; times in milliseconds. */
    private void addTimes(Map<String, String> table) {
        AnswerTimes times = traffic.answerTimes();
        table.put("putMessageEntireTimeMax", Long.toString(Math.round(times.slowestStoreMs())));
        table.put("getMessageEntireTimeMax", Long.toString(Math.round(times.slowestReadMs())));
        table.put("putLatency99", String.format(Locale.ROOT, "%.2f", times.storedMs(99)));
        table.put("putLatency999", String.format(Locale.ROOT, "%.2f", times.storedMs(99.9)));
        table.put("putMessageDistributeTime", times.distribution());
    }

    private static void addDays(Map<String, String> table, String name, DailyTotals totals) {
        table.put(name + "YesterdayMorning", Long.toString(totals.yesterdayMorning()));
        table.put(name + "TodayMorning", Long.toString(totals.todayMorning()));
        table.put(name + "TodayNow", Long.toString(totals.now()));
    }

    private void addQueues(Map<String, String> table) {
        for (String pool : new String[] {"send", "pull", "litePull", "query", "ack"}) {
            table.put(pool + "ThreadPoolQueueSize", "0");
            table.put(pool + "ThreadPoolQueueCapacity", "0");
            table.put(pool + "ThreadPoolQueueHeadWaitTimeMills", "0");
        }
        table.put("EndTransactionQueueSize", "0");
        table.put("EndTransactionThreadPoolQueueCapacity", "0");
        table.put("pageCacheLockTimeMills", "0");
        table.put("heldPulls", Integer.toString(held.count()));
    }

    /** Members of a group that want different things. */
    private void addConflicts(Map<String, String> table) {
        List<LiveGroup> differing = groups.inConflict();
        table.put("subscriptionConflictGroups", Integer.toString(differing.size()));
        table.put(
                "subscriptionConflicts",
                Integer.toString(differing.stream()
                        .mapToInt(group -> group.conflicts().size())
                        .sum()));
        table.put("subscriptionConflictsReported", Long.toString(groups.conflictsReported()));
    }

    private void addDelays(Map<String, String> table) {
        for (LevelProgress level : delays.levels()) {
            table.put("scheduleMessageOffset_" + level.level(), level.done() + "," + level.max());
        }
        DelayFigures figures = delays.figures();
        // there is no second log to fall behind: a message that is stored is known to the timer
        table.put("timerReadBehind", "0");
        table.put("timerOffsetBehind", "0");
        table.put("timerCongestNum", Long.toString(figures.waitingForTime()));
        table.put("timerEnqueueTps", perSecond(Span.MINUTE, Total.TIMERS_ENTERED));
        table.put("timerDequeueTps", perSecond(Span.MINUTE, Total.TIMERS_LEFT));
        table.put("delayedWaiting", Long.toString(figures.waitingInLevels() + figures.waitingForTime()));
        table.put("delayedDelivered", Long.toString(figures.delivered()));
        table.put("delayedDropped", Long.toString(figures.dropped()));
        table.put("delayedRecallsPending", Integer.toString(figures.pendingRecalls()));
    }

    private static void addRepeats(Map<String, String> table, RepeatCounts counts) {
        table.put("repeatedSendsRecognised", Long.toString(counts.recognised()));
        table.put("repeatedSendsRemembered", Integer.toString(counts.remembered()));
        table.put("repeatedSendsForgotten", Long.toString(counts.forgotten()));
    }

    private void addStore(Map<String, String> table, StoreStatus status) {
        String ratio = String.format(Locale.ROOT, "%.4f", status.diskUsedRatio());
        table.put("commitLogDiskRatio", ratio);
        table.put("commitLogDiskRatio_" + config.get().store().commitLogDirectory(), ratio);
        table.put("consumeQueueDiskRatio", ratio);
        table.put(
                "commitLogDirCapacity",
                String.format(
                        Locale.ROOT,
                        "Total : %.1f GiB, Free : %.1f GiB.",
                        status.diskTotalBytes() / BYTES_PER_GIB,
                        status.diskUsableBytes() / BYTES_PER_GIB));
        table.put("commitLogMinOffset", Long.toString(status.minPosition()));
        table.put("commitLogMaxOffset", Long.toString(status.writtenPosition()));
        table.put("dispatchBehindBytes", Long.toString(status.writtenPosition() - status.indexedPosition()));
        table.put("dispatchMaxBuffer", "0");
        table.put("remainHowManyDataToFlush", (status.writtenPosition() - status.durablePosition()) + " B");
        table.put("remainHowManyDataToCommit", "0 B");
        table.put("remainTransientStoreBufferNumbs", NO_POOL);
        table.put("earliestMessageTimeStamp", Long.toString(status.earliestStoreTimestamp()));
        table.put("putMessageTimesTotal", Long.toString(status.appendedMessages()));
        table.put("putMessageSizeTotal", Long.toString(status.appendedBytes()));
        table.put("putMessageFailedTimes", Long.toString(status.refusedAppends()));
        table.put(
                "putMessageAverageSize",
                Double.toString(
                        status.appendedMessages() == 0
                                ? 0.0
                                : (double) status.appendedBytes() / status.appendedMessages()));
        table.put("queueTotal", Integer.toString(status.queues()));
        if (!status.fenced().isEmpty()) {
            table.put("storeFenced", status.fenced());
        }
    }
}
