package io.orbitmq.broker;

import io.orbitmq.store.StoreConfig;
import java.nio.file.Path;
import java.util.Objects;

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
        return new BrokerConfig(
                changed,
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

    public BrokerConfig withNetwork(NetworkSettings changed) {
        return new BrokerConfig(
                identity,
                changed,
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

    public BrokerConfig withNameservers(NameserverSettings changed) {
        return new BrokerConfig(
                identity, network, changed, topics, groups, sends, pulls, pops, offsets, delays, transactions, store);
    }

    public BrokerConfig withTopics(TopicSettings changed) {
        return new BrokerConfig(
                identity,
                network,
                nameservers,
                changed,
                groups,
                sends,
                pulls,
                pops,
                offsets,
                delays,
                transactions,
                store);
    }

    public BrokerConfig withGroups(GroupSettings changed) {
        return new BrokerConfig(
                identity,
                network,
                nameservers,
                topics,
                changed,
                sends,
                pulls,
                pops,
                offsets,
                delays,
                transactions,
                store);
    }

    public BrokerConfig withSends(SendSettings changed) {
        return new BrokerConfig(
                identity,
                network,
                nameservers,
                topics,
                groups,
                changed,
                pulls,
                pops,
                offsets,
                delays,
                transactions,
                store);
    }

    public BrokerConfig withPulls(PullSettings changed) {
        return new BrokerConfig(
                identity,
                network,
                nameservers,
                topics,
                groups,
                sends,
                changed,
                pops,
                offsets,
                delays,
                transactions,
                store);
    }

    public BrokerConfig withPops(PopSettings changed) {
        return new BrokerConfig(
                identity,
                network,
                nameservers,
                topics,
                groups,
                sends,
                pulls,
                changed,
                offsets,
                delays,
                transactions,
                store);
    }

    public BrokerConfig withDelays(DelaySettings changed) {
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
                changed,
                transactions,
                store);
    }

    public BrokerConfig withTransactions(TransactionSettings changed) {
        return new BrokerConfig(
                identity, network, nameservers, topics, groups, sends, pulls, pops, offsets, delays, changed, store);
    }

    public BrokerConfig withStore(StoreConfig changed) {
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
                changed);
    }
}
