package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Capability;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.TokenSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** An edge on a free port, a test node behind it, and clients. */
final class EdgeFixture implements AutoCloseable {

    static final String PANEL = "https://panel.example.com";
    static final NodeCredentials CREDENTIALS =
            new NodeCredentials("AbCdEfGh12345678", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");

    /** What the edge told of: server, user, address, directory and file. */
    final List<String> uploads = new CopyOnWriteArrayList<>();

    final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    final TestNode node;
    final HttpEdge edge;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    EdgeFixture(Path files) {
        this(files, options -> options, limits -> limits);
    }

    EdgeFixture(
            Path files, UnaryOperator<HttpEdgeOptionsBuilder> options, UnaryOperator<HttpEdgeLimitsBuilder> limits) {
        this(files, options, limits, Capability.NUMBERED_CONSOLE);
    }

    /** Creates it with a node that has more, or less, than usual. */
    EdgeFixture(
            Path files,
            UnaryOperator<HttpEdgeOptionsBuilder> options,
            UnaryOperator<HttpEdgeLimitsBuilder> limits,
            Capability... offered) {
        node = new TestNode(files, clock, offered);
        edge = HttpEdge.builder(
                        node,
                        CREDENTIALS,
                        options.apply(HttpEdgeOptions.builder()
                                        .host("127.0.0.1")
                                        .port(0)
                                        .panelUrl(PANEL)
                                        .limits(limits.apply(
                                                        HttpEdgeLimits.builder().closeTimeout(Duration.ofSeconds(2)))
                                                .build()))
                                .build())
                .clock(clock)
                .listener((server, caller, directory, file) -> {
                    uploads.add(server + " " + caller.user() + " " + caller.address() + " " + directory + " " + file);
                    if (file.equals("deaf")) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .build();
        try {
            edge.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + edge.port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", CREDENTIALS.panelToNode());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    /** Sends raw bytes and returns everything up to the end of the connection. */
    String raw(String text) {
        try (var socket = socket()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket socket() throws IOException {
        var socket = new Socket("127.0.0.1", edge.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    String token(ServerId server, Duration lifetime, Permission... permissions) {
        var user = new Caller.User(
                UUID.randomUUID(),
                Permissions.of(permissions),
                "",
                clock.instant().plus(lifetime));
        return TokenSigner.builder(CREDENTIALS)
                .panelUrl(PANEL)
                .nodeUrl("https://node.example.com")
                .clock(clock)
                .build()
                .console(server, user)
                .text();
    }

    Client console(ServerId server) {
        return console(server, PANEL);
    }

    Client console(ServerId server, String origin) {
        var client = new Client();
        var socket = this.client
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(URI.create("ws://127.0.0.1:" + edge.port() + "/api/servers/" + server + "/ws"), client)
                .join();
        client.socket = socket;
        return client;
    }

    @Override
    public void close() {
        edge.close();
    }

    /** The browser's side of a console. */
    static final class Client implements WebSocket.Listener, AutoCloseable {

        final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        final CompletableFuture<String> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete("lost");
        }

        void send(String frame) {
            socket.sendText(frame, true).join();
        }

        void auth(String token) {
            send("{\"event\":\"auth\",\"args\":[\"" + token + "\"]}");
        }

        String next() {
            try {
                var frame = frames.poll(10, TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError("no frame within 10 s");
                }
                return frame;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The JDK's client misses one end of a connection in some hundred; it notices once it has something to send. */
        String closure() {
            var late = CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS);
            var probe = CompletableFuture.runAsync(this::probe, late);
            try {
                return closed.orTimeout(20, TimeUnit.SECONDS).join();
            } finally {
                probe.cancel(false);
            }
        }

        private void probe() {
            try {
                while (!closed.isDone()) {
                    socket.sendPing(ByteBuffer.allocate(0)).get(5, TimeUnit.SECONDS);
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } catch (ExecutionException e) {
                closed.complete("lost");
            } catch (TimeoutException | InterruptedException e) {
                closed.completeExceptionally(e);
            }
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
