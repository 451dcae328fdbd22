package io.orbitmq.compat.misuse;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A plain socket to a server, with just enough of the frame format to lie about it. */
final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MS = 20_000;

    private final Socket socket = new Socket();

    RawConnection(String address) {
        int colon = address.lastIndexOf(':');
        try {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes bytes; a connection the server has closed already is fine. */
    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The server may close while we are still talking: nothing more to say then.
        }
    }

    /** A frame: total length, header length (serialization type 0 = JSON), header, body. */
    static byte[] frame(String header, byte[] body) {
        byte[] headerBytes = header.getBytes(StandardCharsets.UTF_8);
        return frame(8 + headerBytes.length + body.length - 4, headerBytes.length, headerBytes, body);
    }

    static byte[] frame(int totalLength, int headerWord, byte[] header, byte[] body) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(totalLength);
            out.writeInt(headerWord);
            out.write(header);
            out.write(body);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String request(int code, int opaque, String extFields) {
        return "{\"code\":" + code + ",\"extFields\":" + extFields
                + ",\"flag\":0,\"language\":\"JAVA\",\"opaque\":" + opaque
                + ",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}";
    }

    /** The header of the next answer, or empty when the server closed the connection. */
    Optional<String> readHeader() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int total = in.readInt();
            byte[] rest = in.readNBytes(total);
            int headerLength = (rest[1] & 0xff) << 16 | (rest[2] & 0xff) << 8 | rest[3] & 0xff;
            return Optional.of(new String(rest, 4, headerLength, StandardCharsets.UTF_8));
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("neither an answer nor the end of the connection within " + TIMEOUT_MS, e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
