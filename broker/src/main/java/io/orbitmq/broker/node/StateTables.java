package io.orbitmq.broker.node;

import io.orbitmq.broker.DelaySettings;
import io.orbitmq.broker.assignment.RequestModeTable;
import io.orbitmq.broker.delay.DelayTable;
import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.offset.OffsetTable;
import io.orbitmq.broker.pop.state.PopTable;
import io.orbitmq.broker.takeover.TakeoverTable;
import io.orbitmq.broker.topic.TopicTable;
import io.orbitmq.broker.transaction.OpenTransactions;
import io.orbitmq.store.StateTable;
import java.util.List;

/**
 * The tables whose changes are records of the log; they are filled while the store opens.
 *
 * @param topics topics
 * @param groups settings of groups
 * @param offsets progress of groups
 * @param transactions half messages without a decision
 * @param delays which delayed messages are settled
 * @param requestModes whether groups pull or pop
 * @param pops what is popped and not acknowledged
 * @param takeover whether another program's store was taken over
 */
record StateTables(
        TopicTable topics,
        GroupConfigTable groups,
        OffsetTable offsets,
        OpenTransactions transactions,
        DelayTable delays,
        RequestModeTable requestModes,
        PopTable pops,
        TakeoverTable takeover) {

    static StateTables empty(DelaySettings delays) {
        OffsetTable offsets = new OffsetTable();
        return new StateTables(
                new TopicTable(),
                new GroupConfigTable(),
                offsets,
                new OpenTransactions(),
                new DelayTable(delays),
                new RequestModeTable(),
                new PopTable(offsets::applyMoved),
                new TakeoverTable());
    }

    List<StateTable> all() {
        return List.of(topics, groups, offsets, transactions, delays, requestModes, pops, takeover);
    }
}
