package dev.rookery.daemon.internal.environment.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An engine on a Unix socket for what a real one does only in passing: it answers {@code ping} and {@code version} well, everything else as
 * it is told, one request for each connection.
 */
final class ScriptedEngine implements AutoCloseable {

    private final ServerSocketChannel server;
    private final Path socket;
    private final Function<String, String> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /**
     * Opens the socket.
     *
     * @param answers the whole answer to a request's head, status line included; the connection is closed behind it. Empty text: closed at
     *     once; blank text: left open without an answer
     */
    ScriptedEngine(Path socket, Function<String, String> answers) throws IOException {
        this.socket = socket;
        this.answers = answers;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        var thread = new Thread(this::serve, "scripted-engine");
        thread.setDaemon(true);
        thread.start();
    }

    static String json(int status, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** Returns the heads of the requests so far, without those for the version. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    String address() {
        return "unix://" + socket;
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                var connection = server.accept();
                var thread = new Thread(() -> answer(connection), "scripted-engine-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(SocketChannel connection) {
        try {
            var head = head(connection);
            String answer;
            if (head.contains("/_ping")) {
                answer = json(200, "OK");
            } else if (head.startsWith("GET /version")) {
                answer = json(200, "{\"ApiVersion\":\"1.41\",\"Version\":\"20.10.24\"}");
            } else {
                requests.add(head);
                answer = answers.apply(head);
            }
            if (answer.isBlank() && !answer.isEmpty()) {
                return;
            }
            connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(SocketChannel connection) throws IOException {
        var buffer = ByteBuffer.allocate(64 << 10);
        while (connection.read(buffer) >= 0) {
            var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            if (text.contains("\r\n\r\n")) {
                return text;
            }
        }
        throw new IOException("no request");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
