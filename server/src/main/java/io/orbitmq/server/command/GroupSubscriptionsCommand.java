package io.orbitmq.server.command;

import io.orbitmq.foundation.time.SystemClock;
import io.orbitmq.protocol.body.client.GroupSubscriptions;
import io.orbitmq.protocol.body.client.Subscription;
import io.orbitmq.protocol.code.RequestCode;
import io.orbitmq.protocol.code.ResponseCode;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.header.group.ConsumerGroupHeader;
import io.orbitmq.server.cluster.ClusterCalls;
import io.orbitmq.server.cluster.ClusterFailedException;
import io.orbitmq.server.logging.ConsoleLog;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints what each member of a group subscribed to and where they differ. */
@CommandLine.Command(
        name = "subscriptions",
        description = {
            "Prints what each online consumer of a group subscribed to, and where they differ. Exit code 1 when they do,"
                    + " or when none is online."
        })
final class GroupSubscriptionsCommand implements Callable<Integer> {

    @ParentCommand
    private GroupCommand group;

    @Parameters(paramLabel = "GROUP", description = "The consumer group.")
    private String name;

    @Mixin
    private ClusterOptions options;

    @Override
    public Integer call() {
        ConsoleLog.onlyWarnings();
        boolean online = false;
        boolean agree = true;
        try (ClusterCalls cluster = options.calls(new SystemClock())) {
            for (Map.Entry<String, String> master : cluster.masters().entrySet()) {
                Command request = Command.request(
                        RequestCode.GET_GROUP_SUBSCRIPTIONS, new ConsumerGroupHeader(name, "", "").toFields());
                Command answer = cluster.ask(master.getValue(), request);
                if (answer.code() == ResponseCode.CONSUMER_NOT_ONLINE) {
                    continue;
                }
                if (answer.code() == ResponseCode.REQUEST_CODE_NOT_SUPPORTED) {
                    throw new ClusterFailedException("The broker " + master.getKey() + " at " + master.getValue()
                            + " cannot tell subscriptions; mqadmin consumerStatus -g " + name + " compares them.");
                }
                ClusterCalls.expectSuccess("Asking " + master.getKey() + " about " + name, answer);
                GroupSubscriptions told = GroupSubscriptions.decode(answer.body());
                print(master.getKey(), told, group.out());
                online = true;
                agree &= told.conflicts().isEmpty();
            }
        }
        if (!online) {
            group.out().println("No consumer of " + name + " is online.");
        }
        return online && agree ? CommandLines.DONE : CommandLines.FAILED;
    }

    private static void print(String broker, GroupSubscriptions told, PrintStream out) {
        out.println("Group " + told.group() + " at " + broker + ", consumers: "
                + told.members().size());
        for (GroupSubscriptions.Member member : told.members()) {
            out.println("  " + member.clientId() + "  " + member.consumeType() + " " + member.messageModel() + " "
                    + member.consumeFromWhere());
            if (!member.isKnown()) {
                out.println("      (has not told its subscriptions yet)");
            }
            for (Subscription subscription : member.subscriptions()) {
                out.println("      " + subscription.topic() + "  " + subscription.expressionType() + "  "
                        + subscription.expression());
            }
        }
        if (told.conflicts().isEmpty()) {
            out.println("All agree.");
            return;
        }
        out.println("They differ, so messages that one wants may go to another:");
        for (GroupSubscriptions.Conflict conflict : told.conflicts()) {
            out.println("  " + conflict.kind() + (conflict.topic().isEmpty() ? "" : " of " + conflict.topic()) + ": "
                    + conflict.clientA() + " told \"" + conflict.valueA() + "\", " + conflict.clientB() + " told \""
                    + conflict.valueB() + "\"");
        }
        out.println("Let all consumers of a group subscribe alike, or give each subscription a group of its own.");
    }
}
