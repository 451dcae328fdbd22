package io.orbitmq.nameserver.request;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.nameserver.config.LiveConfig;
import io.orbitmq.nameserver.config.NameserverConfig;
import io.orbitmq.nameserver.kv.KvStore;
import io.orbitmq.nameserver.route.Departures;
import io.orbitmq.nameserver.route.MinIdChange;
import io.orbitmq.nameserver.route.RouteTable;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.transport.HandlerTable;
import io.orbitmq.transport.Lane;
import java.util.function.Consumer;

/** The one-screen table of a nameserver. */
public final class NameserverHandlers {

    private static final long MAX_QUEUED_BYTES = 64L * 1024 * 1024;

    private NameserverHandlers() {}

    /**
     * What handlers work with.
     *
     * @param routes which topic is where
     * @param departures brokers that leave
     * @param kv key-value settings
     * @param config settings that run
     * @param minIdListener told when a registration changed the smallest id under a broker name
     * @param clock for the time since start
     */
    public record Parts(
            RouteTable routes,
            Departures departures,
            KvStore kv,
            LiveConfig config,
            Consumer<MinIdChange> minIdListener,
            Clock clock) {}

    public static HandlerTable build(Parts parts) {
        NameserverConfig.Network network = parts.config().current().network();
        Lane inline = Lane.inline();
        Lane lane = Lane.pool("lane", network.laneThreads(), MAX_QUEUED_BYTES, network.laneRequests());
        BrokerRequests brokers = new BrokerRequests(parts);
        ClusterRequests clusters = new ClusterRequests(parts.routes());
        TopicRequests topics = new TopicRequests(parts.routes());
        TopicLists lists = new TopicLists(parts.routes(), parts.config());
        KvRequests kv = new KvRequests(parts.kv());
        ConfigRequests config = new ConfigRequests(parts.config());
        return HandlerTable.builder()
                .on(RequestCode.GET_ROUTEINFO_BY_TOPIC, inline, new RouteRequest(parts))
                .on(RequestCode.REGISTER_BROKER, lane, new RegisterRequest(parts))
                .on(RequestCode.UNREGISTER_BROKER, lane, brokers::unregister)
                .on(RequestCode.QUERY_DATA_VERSION, lane, brokers::queryDataVersion)
                .on(RequestCode.BROKER_HEARTBEAT, inline, brokers::heartbeat)
                .on(RequestCode.GET_BROKER_CLUSTER_INFO, lane, clusters::all)
                .on(RequestCode.GET_BROKER_MEMBER_GROUP, inline, clusters::members)
                .on(RequestCode.WIPE_WRITE_PERM_OF_BROKER, lane, topics::wipeWritePermission)
                .on(RequestCode.ADD_WRITE_PERM_OF_BROKER, lane, topics::addWritePermission)
                .on(RequestCode.DELETE_TOPIC_IN_NAMESRV, lane, topics::delete)
                .on(RequestCode.REGISTER_TOPIC_IN_NAMESRV, lane, topics::register)
                .on(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, lane, lists::all)
                .on(RequestCode.GET_TOPICS_BY_CLUSTER, lane, lists::ofCluster)
                .on(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS, lane, lists::ofSystem)
                .on(RequestCode.GET_UNIT_TOPIC_LIST, lane, lists::unit)
                .on(RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST, lane, lists::unitSubscribed)
                .on(RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST, lane, lists::unitSubscribedOnly)
                .on(RequestCode.PUT_KV_CONFIG, lane, kv::put)
                .on(RequestCode.GET_KV_CONFIG, lane, kv::get)
                .on(RequestCode.DELETE_KV_CONFIG, lane, kv::delete)
                .on(RequestCode.GET_KVLIST_BY_NAMESPACE, lane, kv::list)
                .on(RequestCode.UPDATE_NAMESRV_CONFIG, lane, config::update)
                .on(RequestCode.GET_NAMESRV_CONFIG, lane, config::get)
                .build();
    }
}
