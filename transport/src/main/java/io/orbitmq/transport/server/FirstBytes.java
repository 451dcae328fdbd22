package io.orbitmq.transport.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.NetUtil;
import io.orbitmq.transport.channel.ChannelConnection;
import io.orbitmq.transport.channel.WarnLimiter;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Looks at the first byte of a connection (protocol/01 section 9.5) and leaves the pipeline. A legal frame begins with
 * the high byte of a length under 16 MiB, which is 0 or 1, so one byte tells a PROXY protocol header (v1 begins with
 * 'P', v2 with 0x0D) and TLS (0x16) from it; nobody waits for twelve bytes.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

    private static final int PROXY_V1 = 'P';
    private static final int PROXY_V2 = 0x0D;
    private static final int TLS = 0x16;

    private final ChannelConnection connection;
    private final WarnLimiter warnings;
    private InetSocketAddress peer;

    FirstBytes(ChannelConnection connection, WarnLimiter warnings) {
        this.connection = connection;
        this.warnings = warnings;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HAProxyMessage header) {
            peer = proxied(header);
            header.release();
            return;
        }
        ByteBuf in = (ByteBuf) message;
        if (!in.isReadable()) {
            in.release();
            return;
        }
        int first = in.getUnsignedByte(in.readerIndex());
        if (peer == null && (first == PROXY_V1 || first == PROXY_V2)) {
            ctx.pipeline().addBefore(ctx.name(), "proxy-header", new HAProxyMessageDecoder());
            ctx.pipeline().fireChannelRead(in);
        } else if (first == TLS) {
            in.release();
            warnings.warn(
                    "event=tls-refused remote={} port={} action=closed TLS not supported yet, connect without it",
                    connection,
                    connection.localAddress().getPort());
            ctx.close();
        } else {
            connection.announce(peer == null ? connection.remoteAddress() : peer);
            ctx.fireChannelRead(in);
            ctx.pipeline().remove(this);
        }
    }

    /** The address that the header gives, or the connection's own for LOCAL and UNKNOWN. */
    private InetSocketAddress proxied(HAProxyMessage header) {
        String source = header.sourceAddress();
        InetAddress address = source == null ? null : NetUtil.createInetAddressFromIpAddressString(source);
        return address == null ? connection.remoteAddress() : new InetSocketAddress(address, header.sourcePort());
    }
}
