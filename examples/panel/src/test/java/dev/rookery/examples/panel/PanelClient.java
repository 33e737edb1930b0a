package dev.rookery.examples.panel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Does with the panel's API what the web UI does. */
public final class PanelClient {

    /** For bodies. */
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI base;
    private String cookie = "";
    private String csrf = "";

    /** Creates a client that is not logged in. */
    public PanelClient(URI base) {
        this.base = base;
    }

    /** An answer of the API. */
    public record Answer(int status, JsonNode body, HttpResponse<String> response) {

        /** Returns the error's code. */
        public String errorCode() {
            return body.path("error").path("code").asText();
        }

        /** Returns the error's text. */
        public String errorMessage() {
            return body.path("error").path("message").asText();
        }

        /** Returns the body of a success, or fails with what the panel said. */
        public JsonNode ok() {
            if (status >= 300) {
                throw new AssertionError(
                        response.request().method() + " " + response.uri().getPath() + ": " + status + " " + body);
            }
            return body;
        }
    }

    /** Logs in, or fails with what the panel said. */
    public PanelClient logIn(String username, String password) {
        var credentials = JSON.createObjectNode().put("username", username).put("password", password);
        var answer = send("POST", "/api/session", credentials.toString());
        cookie = answer.response().headers().firstValue("set-cookie").orElse("").replaceAll(";.*", "");
        csrf = answer.ok().path("csrfToken").asText();
        return this;
    }

    /** Asks. */
    public Answer get(String path) {
        return send("GET", path, null);
    }

    /** Sends JSON. */
    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /** Replaces. */
    public Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    /** Sends whatever. */
    public Answer call(String method, String path, @Nullable String body) {
        return send(method, path, body);
    }

    /** Sends whatever, with headers. */
    public Answer call(String method, String path, @Nullable String body, Map<String, String> headers) {
        return send(method, path, body, headers);
    }

    /** Opens what is too large to hold; the caller reads and closes it. */
    public HttpResponse<InputStream> open(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .header("Cookie", cookie)
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .join();
    }

    /** Sends what is too large to hold. */
    public Answer upload(String path, InputStream body, long size) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .PUT(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(() -> body), size))
                .header("Content-Type", "application/octet-stream")
                .header("Cookie", cookie)
                .header("X-Rookery-Csrf", csrf)
                .build();
        var response =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
        return new Answer(response.statusCode(), JSON.createObjectNode(), response);
    }

    /** Deletes. */
    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Asks for a power action. */
    public Answer power(String server, String action) {
        return post("/api/servers/" + server + "/power", "{\"action\":\"" + action + "\"}");
    }

    /** Returns the power state the panel shows. */
    public String state(String server) {
        return get("/api/servers/" + server).body().path("state").asText();
    }

    /** Returns the status the panel shows, {@code absent} if there is no such server. */
    public String status(String server) {
        var answer = get("/api/servers/" + server);
        return answer.status() == 404
                ? "absent"
                : answer.ok().path("status").asText().toLowerCase(Locale.ROOT);
    }

    /** From now on sends a wrong CSRF token. */
    public PanelClient withoutCsrf() {
        csrf = "wrong";
        return this;
    }

    /** Returns the body that creates a server. */
    public ObjectNode newServer(String name, long node, long egg, long allocation, String image) {
        var body = JSON.createObjectNode()
                .put("name", name)
                .put("nodeId", node)
                .put("eggId", egg)
                .put("allocationId", allocation)
                .put("image", image)
                .put("startOnCompletion", false);
        body.putObject("limits")
                .put("memoryMebibytes", 128)
                .put("swapMebibytes", 0)
                .put("diskMebibytes", 2048)
                .put("cpuPercent", 0);
        body.putObject("variables");
        return body;
    }

    /** Opens a console as a browser does: with a ticket. */
    public BrowserConsole console(String server, long after) {
        var ticket = post("/api/servers/" + server + "/console-ticket", "{}")
                .ok()
                .path("ticket")
                .asText();
        return attach(server, ticket, after);
    }

    /** Opens a console with a ticket that is at hand already. */
    public BrowserConsole attach(String server, String ticket) {
        return attach(server, ticket, -1);
    }

    private BrowserConsole attach(String server, String ticket, long after) {
        var uri = URI.create("ws://" + base.getAuthority() + "/api/servers/" + server + "/console?ticket=" + ticket
                + (after < 0 ? "" : "&after=" + after));
        var console = new BrowserConsole();
        console.socket = http.newWebSocketBuilder()
                .header("Cookie", cookie)
                .header("Origin", base.toString())
                .buildAsync(uri, console)
                .join();
        return console;
    }

    /** Listens to events as an open page does, for which the panel asks its nodes more often; until the stream is closed. */
    public InputStream listen() {
        var request = HttpRequest.newBuilder(base.resolve("/api/events"))
                .header("Cookie", cookie)
                .header("Accept", "text/event-stream")
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .join()
                .body();
    }

    private Answer send(String method, String path, @Nullable String body) {
        return send(method, path, body, Map.of());
    }

    private Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie).header("X-Rookery-Csrf", csrf);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var text = response.body();
            return new Answer(
                    response.statusCode(),
                    text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode(),
                    response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A console in a browser: keeps every frame. */
    public static final class BrowserConsole implements WebSocket.Listener, AutoCloseable {

        private final List<JsonNode> frames = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private boolean closed;
        private @Nullable WebSocket socket;

        @Override
        public synchronized @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    frames.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new AssertionError("not a frame: " + text, e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        /** Types a line. */
        public void command(String line) {
            send(JSON.createObjectNode()
                    .put("type", "command")
                    .put("line", line)
                    .toString());
        }

        /** Returns all frames so far. */
        public synchronized List<JsonNode> frames() {
            return List.copyOf(frames);
        }

        /** Returns the frames of a type so far. */
        public List<JsonNode> frames(String type) {
            return frames().stream()
                    .filter(frame -> frame.path("type").asText().equals(type))
                    .toList();
        }

        /** Returns whether the panel has closed the console. */
        public synchronized boolean closed() {
            return closed;
        }

        @Override
        public synchronized @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed = true;
            return null;
        }

        /** Returns whether a line with this text has come. */
        public boolean hasLine(String text) {
            return frames("output").stream()
                    .anyMatch(frame -> frame.path("line").asText().contains(text));
        }

        /** Returns the numbers of the numbered lines, in the order of arrival. */
        public List<Long> numbers() {
            return frames("output").stream()
                    .filter(frame -> frame.path("number").isNumber())
                    .map(frame -> frame.path("number").asLong())
                    .toList();
        }

        @Override
        public void close() {
            if (socket != null) {
                socket.abort();
            }
        }

        private void send(String frame) {
            if (socket == null) {
                throw new AssertionError("the console is not open");
            }
            socket.sendText(frame, true).join();
        }
    }
}
