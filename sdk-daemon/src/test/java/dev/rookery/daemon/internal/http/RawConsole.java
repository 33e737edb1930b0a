package dev.rookery.daemon.internal.http;

import dev.rookery.api.ServerId;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A console's client that reads only when it is told to, and as quickly as a test of many needs. */
final class RawConsole implements AutoCloseable {

    private final Socket socket = new Socket();
    private final DataInputStream in;

    RawConsole(EdgeFixture edge, ServerId server, int receiveBytes) throws IOException {
        socket.setReceiveBufferSize(receiveBytes);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("127.0.0.1", edge.edge.port()));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), receiveBytes));
        socket.getOutputStream()
                .write(("GET /api/servers/" + server + "/ws HTTP/1.1\r\nHost: n\r\nConnection: Upgrade\r\n"
                                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nOrigin: " + EdgeFixture.PANEL
                                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
        if (!head.toString(StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString(StandardCharsets.ISO_8859_1));
        }
    }

    void send(String frame) throws IOException {
        var text = frame.getBytes(StandardCharsets.UTF_8);
        boolean small = text.length < 126;
        var bytes = ByteBuffer.allocate(text.length + (small ? 6 : 8)).put((byte) 0x81);
        if (small) {
            bytes.put((byte) (0x80 | text.length));
        } else {
            bytes.put((byte) (0x80 | 126)).putShort((short) text.length);
        }
        // The mask is zero, which changes nothing.
        bytes.putInt(0).put(text);
        socket.getOutputStream().write(bytes.array());
    }

    String read() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            var text = in.readNBytes((int) length);
            if ((first & 0x0f) == 1) {
                return new String(text, StandardCharsets.UTF_8);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
