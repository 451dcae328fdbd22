package io.orbitmq.broker.assignment;

import io.orbitmq.broker.LiveConfig;
import io.orbitmq.broker.group.ConsumerGroups;
import io.orbitmq.broker.group.GroupConfigs;
import io.orbitmq.broker.topic.Topics;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;

/** Assignment of queues put together. Made once; any thread. */
public final class Assignments {

    private final AssignmentHandler assign;
    private final SetRequestModeHandler set;
    private final AllRequestModesHandler all;

    /**
     * @param consumers who is alive
     * @param routes queues of other brokers
     */
    public Assignments(
            LiveConfig config,
            RequestModes modes,
            Topics topics,
            GroupConfigs groups,
            ConsumerGroups consumers,
            RouteSource routes) {
        this.assign = new AssignmentHandler(config, modes, consumers, new ClusterQueues(config, topics, routes));
        this.set = new SetRequestModeHandler(modes, topics, groups);
        this.all = new AllRequestModesHandler(modes);
    }

    /**
     * Adds the rows.
     *
     * @param members where members ask; nothing waits there
     * @param operators where operators' requests run
     */
    public HandlerTable.Builder addTo(HandlerTable.Builder table, Lane members, Lane operators) {
        return table.on(RequestCode.QUERY_ASSIGNMENT, members, assign)
                .on(RequestCode.SET_MESSAGE_REQUEST_MODE, operators, set)
                .on(RequestCode.GET_ALL_MESSAGE_REQUEST_MODE, operators, all);
    }
}
