package io.orbitmq.transport.server;

import io.orbitmq.protocol.frame.ByteSink;
import io.orbitmq.protocol.frame.Command;
import io.orbitmq.protocol.frame.Frames;
import io.orbitmq.protocol.frame.SerializeType;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A peer on a plain socket, for bytes that no client would send. */
final class RawPeer implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    RawPeer(int port) throws IOException {
        this(port, 0);
    }

    RawPeer(int port, int receiveBufferBytes) throws IOException {
        socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
    }

    int localPort() {
        return socket.getLocalPort();
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends until everything is out or the server has closed; true when all could be sent. */
    boolean sendUnlessClosed(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Command receive() throws IOException {
        int length = in.readInt();
        int word = in.readInt();
        byte[] header = in.readNBytes(word & 0xFFFFFF);
        byte[] body = in.readNBytes(length - 4 - header.length);
        return Frames.decode(word, header, 0, header.length, ByteBuffer.wrap(body));
    }

    /** Whether the server closes the connection without sending anything more. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true; // reset, because it closed with bytes of ours unread
        }
    }

    void stopSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Makes the close a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static byte[] frame(Command command, SerializeType type) {
        ByteSink sink = new ByteSink(256);
        Frames.encodeHead(command, command.body().remaining(), type, sink);
        sink.writeBytes(command.bodyBytes());
        return sink.toByteArray();
    }

    static byte[] frame(Command command) {
        return frame(command, SerializeType.JSON);
    }

    /** A frame with any text as its JSON header. */
    static byte[] frameWithHeader(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .putInt(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }
}
