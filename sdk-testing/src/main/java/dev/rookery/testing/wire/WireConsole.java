package dev.rookery.testing.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Speaks with one node over console sockets. Not thread-safe. */
final class WireConsole {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long QUIET_MILLIS = 900;
    /** How long nothing more may come once all has come that was expected. */
    private static final long SURPLUS_MILLIS = 200;

    private static final long SETTLING_MILLIS = 400;
    private static final char ESCAPE = '\u001b';

    private final WireNode node;
    private final ServerId server;
    private final Consumer<String> await;

    /**
     * Creates the speaker.
     *
     * @param server whose console
     * @param await waits until the server is in a state
     */
    WireConsole(WireNode node, ServerId server, Consumer<String> await) {
        this.node = node;
        this.server = server;
        this.await = await;
    }

    /** A scene on a socket of its own. */
    record Scene(
            @JsonProperty("id") String id,
            @JsonProperty("section") String section,
            @JsonProperty("steps") List<Step> steps,
            @JsonProperty("origin") @Nullable String origin,
            @JsonProperty("server") @Nullable String server,
            @JsonProperty("only") List<String> only,
            @JsonProperty("collapse") boolean collapse) {}

    /** What the viewer does next. */
    record Step(
            @JsonProperty("auth") @Nullable String auth,
            @JsonProperty("send") @Nullable String send,
            @JsonProperty("await") @Nullable String await,
            @JsonProperty("pause") int pauseSeconds) {}

    /**
     * Plays a scene and returns every frame that came, and how the socket ended if it did.
     *
     * @param expected what has to come, if that is known: it need not be waited for much longer then
     */
    Json play(Scene scene, Optional<Json> expected) throws InterruptedException {
        var listener = new Frames();
        WebSocket socket;
        try {
            socket = open(scene, listener);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return new Json.Obj(Map.of(
                        "refused",
                        new Json.Num(BigDecimal.valueOf(refused.getResponse().statusCode()))));
            }
            throw e;
        }
        var frames = List.<String>of();
        for (var step : scene.steps()) {
            take(step, socket);
            if (step.auth() != null) {
                // The Go daemons treat frames side by side: what comes right behind the token may be answered as if it
                // came before. Ours greets in order, beside what it answers.
                frames = listener.untilQuiet(frames, so -> node.ours() && greeted(so) ? 0 : SETTLING_MILLIS);
            }
        }
        var heard = listener.untilQuiet(
                frames,
                so -> expected.filter(new Json.Array(shown(scene, so))::equals).isPresent()
                        ? SURPLUS_MILLIS
                        : QUIET_MILLIS);
        socket.abort();
        return new Json.Array(shown(scene, heard));
    }

    /** Whether the last frame is the last one of a greeting, or of a refusal. */
    private static boolean greeted(List<String> frames) {
        var last = frames.isEmpty() ? "" : frames.get(frames.size() - 1);
        return last.contains("\"event\":\"stats\"") || last.contains("\"event\":\"jwt error\"");
    }

    private WebSocket open(Scene scene, Frames listener) {
        var url = node.url().toString().replaceFirst("^http", "ws").replaceAll("/$", "");
        var id = scene.server() == null ? server : ServerId.random();
        var builder = HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(PATIENCE);
        if (!"none".equals(scene.origin())) {
            builder.header("Origin", scene.origin() == null ? node.panelUrl() : scene.origin());
        }
        return builder.buildAsync(URI.create(url + "/api/servers/" + id + "/ws"), listener)
                .join();
    }

    private void take(Step step, WebSocket socket) throws InterruptedException {
        if (step.await() != null) {
            await.accept(step.await());
            return;
        }
        if (step.pauseSeconds() > 0) {
            TimeUnit.SECONDS.sleep(step.pauseSeconds());
            return;
        }
        var text = step.auth() == null
                ? String.valueOf(step.send())
                : "{\"event\":\"auth\",\"args\":[\"" + token(step.auth()) + "\"]}";
        socket.sendText(text, true).join();
    }

    private String token(String kind) {
        var claims = new LinkedHashMap<String, Json>();
        var about = kind.equals("other-server") ? ServerId.random() : server;
        claims.put("server_uuid", new Json.Text(about.toString()));
        claims.put(
                "permissions",
                WireTokens.texts(
                        kind.equals("no-connect")
                                ? List.of("control.console")
                                : List.of("*", "admin.websocket.install", "admin.websocket.transfer")));
        if (kind.equals("no-scope")) {
            claims.put("scope", Json.Null.INSTANCE);
        }
        var key = kind.equals("forged") ? "y".repeat(64) : node.credentials().token();
        var scope = kind.equals("other-scope") ? "file-download" : "websocket";
        return WireTokens.sign(key, scope, claims, kind.equals("expired"));
    }

    private List<Json> shown(Scene scene, List<String> frames) {
        var shown = new ArrayList<Json>();
        for (var frame : frames) {
            var shape = shape(frame);
            boolean again = !shown.isEmpty() && shown.get(shown.size() - 1).equals(shape);
            if (named(shape, scene.only()) && !(scene.collapse() && again)) {
                shown.add(shape);
            }
        }
        return shown;
    }

    private static boolean named(Json shape, List<String> only) {
        return only.isEmpty()
                || (shape instanceof Json.Obj frame
                        && frame.members().get("event") instanceof Json.Text event
                        && only.contains(event.value()));
    }

    private Json shape(String frame) {
        if (!(WireJson.read(frame, Json.class) instanceof Json.Obj object)) {
            return new Json.Text(frame);
        }
        var shape = new LinkedHashMap<>(object.members());
        if (object.members().get("args") instanceof Json.Array args) {
            var shown = args.items().stream().map(this::argument);
            // Calagopus' daemon lists the permissions of a token in whatever order.
            boolean unordered =
                    new Json.Text("auth success").equals(object.members().get("event"));
            shape.put(
                    "args",
                    new Json.Array(
                            (unordered ? shown.sorted(Comparator.comparing(WireJson::writeText)) : shown).toList()));
        }
        return new Json.Obj(shape);
    }

    private Json argument(Json argument) {
        if (!(argument instanceof Json.Text text)) {
            return argument;
        }
        if (text.value().startsWith("{")) {
            try {
                return WireShape.types(WireJson.read(text.value(), Json.class));
            } catch (InvalidInputException ignored) {
                // A text that only looks like JSON.
            }
        }
        return new Json.Text(text.value().indexOf(ESCAPE) >= 0 ? "@daemon line" : WireShape.cleaned(text.value()));
    }

    /** Collects frames as they come. */
    private static final class Frames implements WebSocket.Listener {

        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                queue.add(part.toString());
                part.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            queue.add("{\"closed\":" + status + "}");
            return WebSocket.Listener.super.onClose(socket, status, reason);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            queue.add(error instanceof IOException ? "{\"closed\":1006}" : "{\"closed\":0}");
        }

        /** Adds to what came so far what comes until nothing does, for as long as that says. */
        List<String> untilQuiet(List<String> before, ToLongFunction<List<String>> millis) throws InterruptedException {
            var frames = new ArrayList<>(before);
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (var frame = next(millis.applyAsLong(frames));
                    frame != null && System.nanoTime() - end < 0;
                    frame = next(millis.applyAsLong(frames))) {
                frames.add(frame);
            }
            return frames;
        }

        private @Nullable String next(long millis) throws InterruptedException {
            return queue.poll(millis, TimeUnit.MILLISECONDS);
        }
    }
}
