package io.orbitmq.broker.manage.client;

import io.orbitmq.broker.group.Member;
import io.orbitmq.protocol.body.client.ClientConnection;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;

/** Members of groups as operators see them. Stateless. */
final class ClientAddresses {

    private ClientAddresses() {}

    static List<ClientConnection> connections(Collection<Member> members) {
        return members.stream()
                .map(member -> new ClientConnection(
                        member.clientId(), text(member), member.language().name(), member.version()))
                .toList();
    }

    /** {@code ip:port} of the client. */
    static String text(Member member) {
        InetSocketAddress address = member.connection().remoteAddress();
        return address.getAddress() == null
                ? address.getHostString() + ":" + address.getPort()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
