package io.orbitmq.broker.node;

import io.orbitmq.broker.group.GroupConfigTable;
import io.orbitmq.broker.offset.OffsetTable;
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
 */
record StateTables(TopicTable topics, GroupConfigTable groups, OffsetTable offsets, OpenTransactions transactions) {

    static StateTables empty() {
        return new StateTables(new TopicTable(), new GroupConfigTable(), new OffsetTable(), new OpenTransactions());
    }

    List<StateTable> all() {
        return List.of(topics, groups, offsets, transactions);
    }
}
