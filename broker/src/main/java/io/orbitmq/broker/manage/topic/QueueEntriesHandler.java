package io.orbitmq.broker.manage.topic;

import com.fasterxml.jackson.databind.JsonNode;
import io.orbitmq.broker.filter.CompiledFilter.Usable;
import io.orbitmq.broker.filter.SubscriptionFilters;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.LiveGroup;
import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.reply.Replies;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.body.queue.QueueEntries;
import io.orbitmq.protocol.body.queue.QueueEntries.Entry;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.header.query.QueryQueueHeader;
import io.orbitmq.protocol.json.Json;
import io.orbitmq.protocol.message.MessageRecord;
import io.orbitmq.protocol.message.PropertyNames;
import io.orbitmq.protocol.message.TagHash;
import io.orbitmq.store.LogQueue;
import io.orbitmq.store.MessageStore;
import io.orbitmq.store.ReadRequest;
import io.orbitmq.store.ReadRequest.RecordFilter;
import io.orbitmq.transport.Exchange;
import io.orbitmq.transport.RequestHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** QUERY_CONSUME_QUEUE (321): what a queue's index says from an offset on. May wait for the disk. */
public final class QueueEntriesHandler implements RequestHandler {

    private static final int MOST_ENTRIES = 1_000;
    private static final String NO_FILTER_TEXT = "null";

    private final ConsumerGroups groups;
    private final MessageStore store;

    public QueueEntriesHandler(ManageParts parts) {
        this.groups = parts.groups();
        this.store = parts.store();
    }

    @Override
    public void handle(Exchange exchange) {
        QueryQueueHeader asked = QueryQueueHeader.from(exchange.request().fields());
        Optional<LogQueue> queue = store.findQueue(asked.topic(), asked.queueId());
        if (queue.isEmpty()) {
            exchange.refuse(ResponseCode.SYSTEM_ERROR, asked.queueId() + "@" + asked.topic() + " is not exist!");
            return;
        }
        Optional<Subscription> subscription =
                groups.find(asked.consumerGroup()).flatMap(group -> group.subscription(asked.topic()));
        JsonNode shown = subscription.<JsonNode>map(Subscription::toJson).orElseGet(Json::object);
        Replies.body(
                exchange,
                new QueueEntries(
                                queue.get().minOffset(),
                                queue.get().maxOffset(),
                                entries(queue.get(), asked, filterOf(subscription)),
                                filterText(asked),
                                shown)
                        .encode());
    }

    private List<Entry> entries(LogQueue queue, QueryQueueHeader asked, RecordFilter filter) {
        List<Entry> entries = new ArrayList<>();
        int count = Math.max(1, Math.min(asked.count(), MOST_ENTRIES));
        long offset = Math.max(asked.index(), queue.minOffset());
        store.read(
                queue,
                new ReadRequest(offset, count, Integer.MAX_VALUE, count, RecordFilter.ALL, false),
                record -> entries.add(entry(record, filter)));
        return entries;
    }

    private static Entry entry(ByteBuffer record, RecordFilter filter) {
        int base = record.position();
        long tagsCode = TagHash.of(MessageRecord.property(record, base, PropertyNames.TAGS));
        return new Entry(
                MessageRecord.physicalOffset(record, base),
                MessageRecord.totalSize(record, base),
                tagsCode,
                filter.mayMatch(tagsCode) && (!filter.readsRecord() || filter.matches(record)));
    }

    private static RecordFilter filterOf(Optional<Subscription> subscription) {
        return subscription.map(SubscriptionFilters::compile).orElse(new Usable(RecordFilter.ALL))
                        instanceof Usable usable
                ? usable.filter()
                : RecordFilter.ALL;
    }

    private String filterText(QueryQueueHeader asked) {
        if (asked.consumerGroup().isEmpty()) {
            return NO_FILTER_TEXT;
        }
        Optional<LiveGroup> group = groups.find(asked.consumerGroup());
        return group.isPresent() ? NO_FILTER_TEXT : asked.consumerGroup() + "@" + asked.topic() + " is not online!";
    }
}
