package io.orbitmq.broker.node;

import io.orbitmq.broker.manage.ManageParts;
import io.orbitmq.broker.manage.broker.CleanHandler;
import io.orbitmq.broker.manage.broker.ConfigReadHandler;
import io.orbitmq.broker.manage.broker.ConfigUpdateHandler;
import io.orbitmq.broker.manage.broker.DelayOffsetsHandler;
import io.orbitmq.broker.manage.broker.RuntimeHandler;
import io.orbitmq.broker.manage.broker.StatsHandler;
import io.orbitmq.broker.manage.client.AllProducersHandler;
import io.orbitmq.broker.manage.client.ConsumerConnectionsHandler;
import io.orbitmq.broker.manage.client.ConsumerStatusHandler;
import io.orbitmq.broker.manage.client.DirectConsumeHandler;
import io.orbitmq.broker.manage.client.GroupSubscriptionsHandler;
import io.orbitmq.broker.manage.client.ProducerConnectionsHandler;
import io.orbitmq.broker.manage.client.RunningStateHandler;
import io.orbitmq.broker.manage.client.SubscribedTopicsHandler;
import io.orbitmq.broker.manage.client.SubscriptionHandler;
import io.orbitmq.broker.manage.group.AllGroupsHandler;
import io.orbitmq.broker.manage.group.CreateGroupHandler;
import io.orbitmq.broker.manage.group.DeleteGroupHandler;
import io.orbitmq.broker.manage.group.GroupConfigHandler;
import io.orbitmq.broker.manage.offset.AllOffsetsHandler;
import io.orbitmq.broker.manage.offset.BrokerConsumeStatsHandler;
import io.orbitmq.broker.manage.offset.CloneOffsetHandler;
import io.orbitmq.broker.manage.offset.ConsumeStatsHandler;
import io.orbitmq.broker.manage.offset.CorrectionOffsetHandler;
import io.orbitmq.broker.manage.offset.ResetOffsetHandler;
import io.orbitmq.broker.manage.offset.TimeSpanHandler;
import io.orbitmq.broker.manage.topic.AllTopicsHandler;
import io.orbitmq.broker.manage.topic.CreateTopicHandler;
import io.orbitmq.broker.manage.topic.DeleteTopicHandler;
import io.orbitmq.broker.manage.topic.QueueEntriesHandler;
import io.orbitmq.broker.manage.topic.SystemTopicsHandler;
import io.orbitmq.broker.manage.topic.TopicConfigHandler;
import io.orbitmq.broker.manage.topic.TopicConsumersHandler;
import io.orbitmq.broker.manage.topic.TopicStatsHandler;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import io.orbitmq.transport.RequestHandler;

/** The operators' part of the table: request code and handler, all on one lane. */
final class OperatorTable {

    private OperatorTable() {}

    static HandlerTable.Builder addTo(HandlerTable.Builder table, Lane lane, ManageParts parts) {
        RequestHandler createTopic = new CreateTopicHandler(parts);
        RequestHandler createGroup = new CreateGroupHandler(parts);
        RequestHandler clean = new CleanHandler(parts);
        return table.on(RequestCode.UPDATE_AND_CREATE_TOPIC, lane, createTopic)
                .on(RequestCode.UPDATE_AND_CREATE_TOPIC_LIST, lane, createTopic)
                .on(RequestCode.DELETE_TOPIC_IN_BROKER, lane, new DeleteTopicHandler(parts))
                .on(RequestCode.GET_ALL_TOPIC_CONFIG, lane, new AllTopicsHandler(parts))
                .on(RequestCode.GET_TOPIC_CONFIG, lane, new TopicConfigHandler(parts))
                .on(RequestCode.GET_TOPIC_STATS_INFO, lane, new TopicStatsHandler(parts))
                .on(RequestCode.QUERY_TOPIC_CONSUME_BY_WHO, lane, new TopicConsumersHandler(parts))
                .on(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_BROKER, lane, new SystemTopicsHandler(parts))
                .on(RequestCode.QUERY_CONSUME_QUEUE, lane, new QueueEntriesHandler(parts))
                .on(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, lane, createGroup)
                .on(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST, lane, createGroup)
                .on(RequestCode.DELETE_SUBSCRIPTIONGROUP, lane, new DeleteGroupHandler(parts))
                .on(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, lane, new AllGroupsHandler(parts))
                .on(RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, lane, new GroupConfigHandler(parts))
                .on(RequestCode.GET_ALL_CONSUMER_OFFSET, lane, new AllOffsetsHandler(parts))
                .on(RequestCode.GET_CONSUME_STATS, lane, new ConsumeStatsHandler(parts))
                .on(RequestCode.GET_BROKER_CONSUME_STATS, lane, new BrokerConsumeStatsHandler(parts))
                .on(RequestCode.QUERY_CONSUME_TIME_SPAN, lane, new TimeSpanHandler(parts))
                .on(RequestCode.QUERY_CORRECTION_OFFSET, lane, new CorrectionOffsetHandler(parts))
                .on(RequestCode.CLONE_GROUP_OFFSET, lane, new CloneOffsetHandler(parts))
                .on(RequestCode.INVOKE_BROKER_TO_RESET_OFFSET, lane, new ResetOffsetHandler(parts))
                .on(RequestCode.INVOKE_BROKER_TO_GET_CONSUMER_STATUS, lane, new ConsumerStatusHandler(parts))
                .on(RequestCode.GET_CONSUMER_CONNECTION_LIST, lane, new ConsumerConnectionsHandler(parts))
                .on(RequestCode.GET_PRODUCER_CONNECTION_LIST, lane, new ProducerConnectionsHandler(parts))
                .on(RequestCode.GET_ALL_PRODUCER_INFO, lane, new AllProducersHandler(parts))
                .on(RequestCode.GET_CONSUMER_RUNNING_INFO, lane, new RunningStateHandler(parts))
                .on(RequestCode.CONSUME_MESSAGE_DIRECTLY, lane, new DirectConsumeHandler(parts))
                .on(RequestCode.QUERY_TOPICS_BY_CONSUMER, lane, new SubscribedTopicsHandler(parts))
                .on(RequestCode.QUERY_SUBSCRIPTION_BY_CONSUMER, lane, new SubscriptionHandler(parts))
                .on(RequestCode.GET_GROUP_SUBSCRIPTIONS, lane, new GroupSubscriptionsHandler(parts))
                .on(RequestCode.GET_BROKER_CONFIG, lane, new ConfigReadHandler(parts))
                .on(RequestCode.UPDATE_BROKER_CONFIG, lane, new ConfigUpdateHandler(parts))
                .on(RequestCode.GET_BROKER_RUNTIME_INFO, lane, new RuntimeHandler(parts))
                .on(RequestCode.GET_ALL_DELAY_OFFSET, lane, new DelayOffsetsHandler(parts))
                .on(RequestCode.VIEW_BROKER_STATS_DATA, lane, new StatsHandler(parts))
                .on(RequestCode.DELETE_EXPIRED_COMMITLOG, lane, clean)
                .on(RequestCode.CLEAN_EXPIRED_CONSUMEQUEUE, lane, clean)
                .on(RequestCode.CLEAN_UNUSED_TOPIC, lane, clean);
    }
}
