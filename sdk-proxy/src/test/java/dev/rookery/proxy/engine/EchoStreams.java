package dev.rookery.proxy.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Takes connections, answers the greeting of a WebSocket if one comes, and gives back every line. */
final class EchoStreams implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    EchoStreams() throws IOException {
        var thread = new Thread(this::accept, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                var thread = new Thread(() -> serve(socket), "echo-one");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException ignored) {
            // Closed: the test is over.
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var out = socket.getOutputStream();
            var line = in.readLine();
            if (line != null && line.startsWith("GET ")) {
                boolean upgrade = false;
                for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    upgrade |= line.equalsIgnoreCase("Upgrade: websocket");
                }
                var head = upgrade
                        ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                line = upgrade ? in.readLine() : null;
            }
            for (; line != null; line = in.readLine()) {
                out.write(("echo " + line + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException ignored) {
            // The other side is gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
