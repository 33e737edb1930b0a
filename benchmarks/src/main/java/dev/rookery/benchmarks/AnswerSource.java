package dev.rookery.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that gives every request the same answer, encoded before, over kept connections. */
final class AnswerSource implements AutoCloseable {

    private final ServerSocket server;
    private final byte[] answer;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    AnswerSource(String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nX-Request-Id: "
                + "0b1f0a8e-5c55-4d0e-9f11-2f7c9f2f9b11\r\nContent-Length: " + body.length + "\r\n\r\n";
        answer = (head + json).getBytes(StandardCharsets.UTF_8);
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException ignored) {
            // Closed: the measurement is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            var out = socket.getOutputStream();
            while (skipHead(in)) {
                out.write(answer);
            }
        } catch (IOException ignored) {
            // Closed.
        }
    }

    /** Reads up to the empty line; requests here have no body. */
    private static boolean skipHead(InputStream in) throws IOException {
        int last = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            last = (last << 8) | c;
            if (last == 0x0d0a0d0a) {
                return true;
            }
        }
        return false;
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "answer-source");
        thread.setDaemon(true);
        thread.start();
    }
}
