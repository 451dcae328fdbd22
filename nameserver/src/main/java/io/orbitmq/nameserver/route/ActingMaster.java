package io.orbitmq.nameserver.route;

import io.orbitmq.protocol.body.route.BrokerRoute;
import io.orbitmq.protocol.body.route.QueueRoute;
import io.orbitmq.protocol.body.topic.TopicConfig;
import io.orbitmq.protocol.message.Names;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows the smallest id of a broker as master while it has none (protocol/02 section 5.3). Stateless. */
final class ActingMaster {

    private ActingMaster() {}

    static BrokerRoute show(String topic, BrokerRoute broker, QueueRoute queue) {
        boolean writable = (queue.permission() & TopicConfig.WRITE) != 0;
        if (topic.startsWith(Names.SYNC_MEMBER_PREFIX)
                || broker.hasMaster()
                || broker.addresses().isEmpty()
                || !broker.enableActingMaster()
                || writable) {
            return broker;
        }
        SortedMap<Long, String> addresses = new TreeMap<>(broker.addresses());
        addresses.put(BrokerRoute.MASTER_ID, addresses.remove(addresses.firstKey()));
        return broker.withAddresses(addresses);
    }
}
