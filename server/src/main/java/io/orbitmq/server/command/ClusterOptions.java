package io.orbitmq.server.command;

import io.orbitmq.foundation.time.Clock;
import io.orbitmq.server.cluster.ClusterCalls;
import picocli.CommandLine.Option;

/** Options of every command that talks to a running cluster; named as in mqadmin. */
final class ClusterOptions {

    static final String DEFAULT_NAMESERVER = "127.0.0.1:9876";

    @Option(
            names = {"-n", "--namesrvAddr"},
            paramLabel = "ADDRESS",
            description = "Nameservers, host:port separated by ';'; default " + DEFAULT_NAMESERVER + ".")
    private String nameservers = DEFAULT_NAMESERVER;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    /** Calls to the cluster; the caller closes them. */
    ClusterCalls calls(Clock clock) {
        return new ClusterCalls(nameservers, clock);
    }
}
