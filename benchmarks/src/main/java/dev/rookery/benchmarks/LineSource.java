package dev.rookery.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * A node that accepts any token on a console socket and then pushes lines as fast as the socket takes them: one block of frames, encoded
 * before, over a plain socket, so that hardly any of the measured time is the source's own. Serves one socket at a time.
 */
final class LineSource implements AutoCloseable {

    /** How many lines are pushed at a time. */
    static final int BLOCK_LINES = 1000;

    private static final int LINE_CHARS = 80;
    private static final String ACCEPT_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final byte[] block;
    private final Semaphore wanted = new Semaphore(0);
    private final CountDownLatch accepted = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();

    /**
     * Opens the socket.
     *
     * @param coloured whether lines carry colours, as most servers print them
     */
    LineSource(boolean coloured) throws IOException {
        block = block(coloured);
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        start(this::serve);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Pushes {@code lines} lines, whole blocks. */
    void push(int lines) {
        wanted.release(lines / BLOCK_LINES);
    }

    /** Waits until a token was accepted. */
    void awaitClient() throws InterruptedException {
        accepted.await();
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (sockets) {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private void serve() {
        try (var socket = server.accept()) {
            synchronized (sockets) {
                sockets.add(socket);
            }
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(socket.getInputStream());
            var out = socket.getOutputStream();
            upgrade(in, out);
            skipFrame(in);
            out.write(frame("{\"event\":\"auth success\"}"));
            out.write(frame("{\"event\":\"status\",\"args\":[\"running\"]}"));
            accepted.countDown();
            start(() -> drain(in));
            while (true) {
                wanted.acquire();
                out.write(block);
            }
        } catch (IOException ignored) {
            // Closed: the measurement is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void upgrade(DataInputStream in, OutputStream out) throws IOException {
        var key = "";
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        var answer =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + accept(key) + "\r\n\r\n";
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static String accept(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(digest.digest((key + ACCEPT_MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Skips one masked frame of a client. */
    private static void skipFrame(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        in.skipNBytes(4 + (length == 126 ? in.readUnsignedShort() : length));
    }

    private static void drain(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ignored) {
            // Closed.
        }
    }

    private static byte[] block(boolean coloured) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < BLOCK_LINES; i++) {
            var line = coloured
                    ? "\\u001b[33m[12:34:56]\\u001b[0m [Server thread/INFO]: line " + i + " "
                    : "[12:34:56] [Server thread/INFO]: line " + i + " ";
            line += "x".repeat(LINE_CHARS - line.length());
            bytes.writeBytes(frame("{\"event\":\"console output\",\"args\":[\"" + line + "\"]}"));
        }
        return bytes.toByteArray();
    }

    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        bytes.write(0x81);
        if (payload.length > 125) {
            bytes.write(126);
            bytes.write(payload.length >> 8);
        }
        bytes.write(payload.length);
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "line-source");
        thread.setDaemon(true);
        thread.start();
    }
}
