package io.orbitmq.broker;

import io.orbitmq.store.StoreConfig;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * All settings of one broker; keys of broker.conf stand in brackets at each record (protocol/15 section 4). Immutable;
 * every record checks itself. A running broker reads it through {@link LiveConfig}.
 *
 * @param identity who the broker is
 * @param network where it listens
 * @param nameservers where it registers
 * @param topics what topics may be created
 * @param groups consumer groups and connections
 * @param sends admission of messages
 * @param pulls reading and long polling
 * @param pops pop consumption
 * @param offsets progress of consumers
 * @param delays delay levels
 * @param transactions transactional messages
 * @param store the log
 */
public record BrokerConfig(
        BrokerIdentity identity,
        NetworkSettings network,
        NameserverSettings nameservers,
        TopicSettings topics,
        GroupSettings groups,
        SendSettings sends,
        PullSettings pulls,
        PopSettings pops,
        OffsetSettings offsets,
        DelaySettings delays,
        TransactionSettings transactions,
        StoreConfig store) {

    public BrokerConfig {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(nameservers, "nameservers");
        Objects.requireNonNull(topics, "topics");
        Objects.requireNonNull(groups, "groups");
        Objects.requireNonNull(sends, "sends");
        Objects.requireNonNull(pulls, "pulls");
        Objects.requireNonNull(pops, "pops");
        Objects.requireNonNull(offsets, "offsets");
        Objects.requireNonNull(delays, "delays");
        Objects.requireNonNull(transactions, "transactions");
        Objects.requireNonNull(store, "store");
    }

    /** All defaults, with the store in {@code storeRoot}. */
    public static BrokerConfig defaults(Path storeRoot) {
        return new BrokerConfig(
                BrokerIdentity.defaults(),
                NetworkSettings.defaults(),
                NameserverSettings.defaults(),
                TopicSettings.defaults(),
                GroupSettings.defaults(),
                SendSettings.defaults(),
                PullSettings.defaults(),
                PopSettings.defaults(),
                OffsetSettings.defaults(),
                DelaySettings.defaults(),
                TransactionSettings.defaults(),
                StoreConfig.defaults(storeRoot));
    }

    public BrokerConfig withIdentity(BrokerIdentity changed) {
        return with(copy -> copy.identity = changed);
    }

    public BrokerConfig withNetwork(NetworkSettings changed) {
        return with(copy -> copy.network = changed);
    }

    public BrokerConfig withNameservers(NameserverSettings changed) {
        return with(copy -> copy.nameservers = changed);
    }

    public BrokerConfig withTopics(TopicSettings changed) {
        return with(copy -> copy.topics = changed);
    }

    public BrokerConfig withGroups(GroupSettings changed) {
        return with(copy -> copy.groups = changed);
    }

    public BrokerConfig withSends(SendSettings changed) {
        return with(copy -> copy.sends = changed);
    }

    public BrokerConfig withPulls(PullSettings changed) {
        return with(copy -> copy.pulls = changed);
    }

    public BrokerConfig withPops(PopSettings changed) {
        return with(copy -> copy.pops = changed);
    }

    public BrokerConfig withDelays(DelaySettings changed) {
        return with(copy -> copy.delays = changed);
    }

    public BrokerConfig withTransactions(TransactionSettings changed) {
        return with(copy -> copy.transactions = changed);
    }

    public BrokerConfig withStore(StoreConfig changed) {
        return with(copy -> copy.store = changed);
    }

    private BrokerConfig with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.finished();
    }

    /** These settings while some of them change. */
    private static final class Copy {

        private BrokerIdentity identity;
        private NetworkSettings network;
        private NameserverSettings nameservers;
        private TopicSettings topics;
        private GroupSettings groups;
        private SendSettings sends;
        private PullSettings pulls;
        private PopSettings pops;
        private final OffsetSettings offsets;
        private DelaySettings delays;
        private TransactionSettings transactions;
        private StoreConfig store;

        Copy(BrokerConfig from) {
            identity = from.identity;
            network = from.network;
            nameservers = from.nameservers;
            topics = from.topics;
            groups = from.groups;
            sends = from.sends;
            pulls = from.pulls;
            pops = from.pops;
            offsets = from.offsets;
            delays = from.delays;
            transactions = from.transactions;
            store = from.store;
        }

        BrokerConfig finished() {
            return new BrokerConfig(
                    identity,
                    network,
                    nameservers,
                    topics,
                    groups,
                    sends,
                    pulls,
                    pops,
                    offsets,
                    delays,
                    transactions,
                    store);
        }
    }
}
