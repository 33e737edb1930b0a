package dev.rookery.testing.wire;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Capability;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.Offered;
import dev.rookery.testing.node.ContractServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Speaks with one node in order, and keeps what later requests need of earlier ones. Not thread-safe. */
final class WireConversation {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NOT_OFFERED = "not-offered ";
    private static final String BOUNDARY = "wire-contract-boundary";

    /** The headers that peers and front ends depend on. */
    private static final Set<String> HEADERS = Set.of(
            "content-type",
            "content-disposition",
            "content-length",
            "location",
            "user-agent",
            "www-authenticate",
            "x-mime-type",
            "x-request-id",
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-max-age");

    private final WireNode node;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ServerId server = ServerId.random();
    private final BackupId backup = BackupId.random();
    private final String unknown = UUID.randomUUID().toString();
    private final Map<String, String> lacks = new HashMap<>();
    private String archive = "";
    private String lastSigned = "";

    WireConversation(WireNode node) {
        this.node = node;
    }

    ServerId server() {
        return server;
    }

    /** Has the node create and install the server that everything is about. */
    void install() throws IOException, InterruptedException {
        node.panel().put(ContractServer.configuration(server, false), ContractServer.install());
        var created = send(WireJson.read(
                "{\"id\":\"create\",\"section\":\"2.3\",\"method\":\"POST\",\"path\":\"/api/servers\",\"body\":{\"uuid\":\""
                        + server + "\",\"start_on_completion\":false}}",
                WireRequest.class));
        // Calagopus' daemon says 200 where the Go daemons say 202.
        if (!(created instanceof Json.Obj answer)
                || !List.of(status(200), status(202))
                        .contains(answer.members().getOrDefault("status", Json.Null.INSTANCE))) {
            throw new AssertionError("the node did not take the server: " + WireJson.writeText(created));
        }
        Eventually.holds(
                "the installation",
                PATIENCE,
                () -> !node.panel().installs(server).isEmpty());
        await("offline");
    }

    /** Removes the server, if the conversation has not come so far. */
    void remove() throws IOException, InterruptedException {
        raw("DELETE", "/api/servers/" + server);
    }

    /** Sends a request and returns what is left of the answer when everything goes that changes from run to run. */
    Json send(WireRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request(request), BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A daemon that says how long its answer is and then gives less.
            return new Json.Text("@broken answer");
        }
        boolean failure = response.statusCode() >= 300;
        rememberOffer(request, response);
        remember(request, response.body(), failure);
        var headers = new TreeMap<String, String>();
        response.headers().map().forEach((name, values) -> {
            if (HEADERS.contains(name)) {
                headers.put(name, shown(name, values.get(0)));
            }
        });
        var answer = new LinkedHashMap<String, Json>();
        answer.put("status", status(response.statusCode()));
        answer.put("headers", WireShape.object(headers));
        answer.put("body", WireShape.ofBody(response.body(), failure, request.names(), request.binary()));
        return new Json.Obj(answer);
    }

    /** Passes the test over if the node said of this request, or of the one that is waited for, that it does not offer such a thing. */
    void assumeOffered(String name) {
        var asked = name.equals("restored") ? "restore" : name;
        var lack = lacks.get(asked);
        Offered.assume(lack == null, String.valueOf(lack));
    }

    /** A node of ours names what it lacks; it may not be what it announced. */
    private void rememberOffer(WireRequest request, HttpResponse<byte[]> response) {
        if (!node.ours()) {
            return;
        }
        var announced = response.headers().firstValue(Capability.HEADER).orElse("");
        var offered = List.of(announced.split(", "));
        if (request.needs() != null && !announced.isEmpty() && !offered.contains(request.needs())) {
            lacks.put(request.name(), request.needs());
        }
        var lack = response.headers()
                .firstValue("X-Rookery-Error")
                .filter(kind -> kind.startsWith(NOT_OFFERED))
                .map(kind -> kind.substring(NOT_OFFERED.length()));
        if (lack.isEmpty()) {
            return;
        }
        if (offered.contains(lack.get())
                || !new String(response.body(), StandardCharsets.UTF_8).equals("404 page not found")) {
            throw new AssertionError(request.name() + " is not offered (expected: " + announced + ")");
        }
        lacks.put(request.name(), lack.get());
    }

    /** Waits until a step that goes on behind the answers is done. */
    void await(String what) {
        switch (what) {
            case "backup" ->
                Eventually.holds(
                        "the report of the backup",
                        PATIENCE,
                        () -> !node.panel().backups(backup).isEmpty());
            case "restored" ->
                Eventually.holds(
                        "the report of the restored backup",
                        PATIENCE,
                        () -> !node.panel().restores(backup).isEmpty());
            case "answered" ->
                Eventually.holds(
                        "the answer to a command",
                        PATIENCE,
                        () -> body("/api/servers/" + server + "/logs").contains(ContractServer.ANSWER));
            default -> Eventually.holds("the server is " + what, PATIENCE, () -> state().equals(what));
        }
    }

    private String state() {
        return WireJson.read(body("/api/servers/" + server), Json.class) instanceof Json.Obj object
                        && object.members().get("state") instanceof Json.Text state
                ? state.value()
                : "";
    }

    private String body(String path) {
        try {
            return new String(raw("GET", path).body(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("the node does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private HttpResponse<byte[]> raw(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(node.url().resolve(path))
                        .method(method, BodyPublishers.noBody())
                        .header("Authorization", "Bearer " + node.credentials().token())
                        .timeout(PATIENCE)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private void remember(WireRequest request, byte[] body, boolean failure) {
        if (request.name().startsWith("compress")
                && !failure
                && WireJson.read(body, Json.class) instanceof Json.Obj entry
                && entry.members().get("name") instanceof Json.Text name) {
            archive = name.value();
        }
    }

    private String shown(String name, String value) {
        return name.startsWith("access-control-allow-origin") && value.equals(node.panelUrl())
                ? "@panel"
                : WireShape.header(name, value);
    }

    private HttpRequest request(WireRequest request) {
        var path = filled(String.valueOf(request.path()));
        if (request.sign() != null) {
            lastSigned = signed(request.sign());
        }
        path = path.replace("{signed}", lastSigned).replace("{signed-again}", lastSigned);
        var builder = HttpRequest.newBuilder(
                        URI.create(node.url().toString().replaceAll("/$", "") + path.replace("[", "%5B")))
                .timeout(PATIENCE)
                .method(String.valueOf(request.method()), body(request));
        credentials(String.valueOf(request.auth())).forEach(builder::header);
        if (request.multipart() != null) {
            builder.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        } else if (request.body() != null || request.rawBody() != null) {
            builder.header("Content-Type", "application/json");
        }
        return builder.build();
    }

    private Map<String, String> credentials(String kind) {
        var token = node.credentials().token();
        return switch (kind) {
            case "none" -> Map.of();
            case "wrong" -> Map.of("Authorization", "Bearer " + "x".repeat(token.length()));
            case "lower-case" -> Map.of("Authorization", "bearer " + token);
            case "empty" -> Map.of("Authorization", "Bearer ");
            default -> Map.of("Authorization", "Bearer " + token);
        };
    }

    private BodyPublisher body(WireRequest request) {
        if (request.multipart() != null) {
            return BodyPublishers.ofString(form(request.multipart()) + "--" + BOUNDARY + "--\r\n");
        }
        if (request.body() != null) {
            return BodyPublishers.ofString(filled(WireJson.writeText(request.body())));
        }
        if (request.rawBody() == null) {
            return BodyPublishers.noBody();
        }
        byte[] raw = request.rawBody().getBytes(StandardCharsets.UTF_8);
        return request.chunked()
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(raw))
                : BodyPublishers.ofByteArray(raw);
    }

    private static String form(WireRequest.Multipart part) {
        var text = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part.field() + "\"; filename=\""
                + part.name() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + part.content() + "\r\n";
        return part.also() == null ? text : text + form(part.also());
    }

    private String signed(WireRequest.Signing sign) {
        var claims = new LinkedHashMap<String, Json>();
        claims.put("server_uuid", new Json.Text(server.toString()));
        sign.claims().forEach((name, value) -> claims.put(name, new Json.Text(filled(value))));
        var key = sign.forged() ? "y".repeat(64) : node.credentials().token();
        return WireTokens.sign(key, sign.scope(), claims, sign.expired());
    }

    private String filled(String text) {
        return text.replace("{server}", server.toString())
                .replace("{backup}", backup.toString())
                .replace("{unknown}", unknown)
                .replace("{archive}", archive);
    }

    private static Json status(int status) {
        return new Json.Num(BigDecimal.valueOf(status));
    }
}
