package dev.rookery.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The panel on a free port, and a browser of its administrator. */
final class RunningPanel implements AutoCloseable {

    static final String PASSWORD = "correct horse battery staple";
    /** As if it stood behind a proxy: nodes only compare it. */
    static final String URL = "http://panel.example";

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext application;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    RunningPanel(Class<?>... replacements) {
        application = new SpringApplicationBuilder(SpringPanel.class)
                .sources(replacements)
                .run("--server.port=0", "--rookery.url=" + URL, "--spring.security.user.password=" + PASSWORD);
        get("/panel");
    }

    <T> T part(Class<T> type) {
        return application.getBean(type);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
    }

    /** A request without password or cookie. */
    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(DEADLINE);
    }

    /** A request as the administrator's browser sends it. */
    HttpRequest.Builder request(String path) {
        var password = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var request = anonymous(path).header("Authorization", "Basic " + password);
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .forEach(token -> request.header("X-XSRF-TOKEN", token));
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String path) {
        return json(send(request(path)));
    }

    JsonNode post(String path, Map<String, ?> form) {
        return json(send(postRequest(path, form)));
    }

    HttpRequest.Builder postRequest(String path, Map<String, ?> form) {
        var query = form.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request(path + "?" + query).POST(BodyPublishers.noBody());
    }

    JsonNode importEgg(String document) {
        return json(send(request("/panel/eggs").POST(BodyPublishers.ofString(document))));
    }

    void power(String server, String action) {
        post("/panel/servers/" + server + "/power", Map.of("action", action));
    }

    void command(String server, String line) {
        post("/panel/servers/" + server + "/command", Map.of("line", line));
    }

    void upload(String server, String path, String content) {
        var request = request("/panel/servers/" + server + "/file?path=" + path).PUT(BodyPublishers.ofString(content));
        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    String download(String server, String path) {
        var answer = send(request("/panel/servers/" + server + "/file?path=" + path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Returns the server's entry in the overview. */
    JsonNode server(String id) {
        return get("/panel")
                .path("servers")
                .valueStream()
                .filter(it -> it.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    void awaitStatus(String server, String status) {
        Eventually.holds(
                () -> status + ", it is " + server(server).path("life"),
                DEADLINE,
                () -> server(server).path("life").path("status").asString().equals(status));
    }

    void awaitState(String server, String state) {
        Eventually.holds(
                () -> state + ", it is " + server(server).path("life"),
                DEADLINE,
                () -> server(server).path("life").path("state").asString().equals(state));
    }

    /** Opens a server's console and keeps what it says. */
    Events console(String server, String... headers) {
        var request = request("/panel/servers/" + server + "/console");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        var lines = new ConcurrentLinkedQueue<String>();
        try {
            var response = http.send(request.build(), BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            var reader = new Thread(() -> read(response.body(), lines), "console");
            reader.setDaemon(true);
            reader.start();
            return new Events(lines, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * A console as it is heard.
     *
     * @param lines of the event stream
     * @param source ends with it
     */
    record Events(Queue<String> lines, Stream<String> source) implements AutoCloseable {

        void await(String text) {
            Eventually.holds(
                    () -> "'" + text + "' in " + lines,
                    DEADLINE,
                    () -> lines.stream().anyMatch(it -> it.contains(text)));
        }

        /** Returns the numbers of the lines, in order. */
        List<Long> numbers() {
            return lines.stream()
                    .filter(it -> it.startsWith("id:"))
                    .map(it -> Long.valueOf(it.substring(3).trim()))
                    .toList();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    @Override
    public void close() {
        application.close();
    }

    private static void read(Stream<String> body, Queue<String> lines) {
        try {
            body.forEach(lines::add);
        } catch (UncheckedIOException ignored) {
            // The panel has ended, or the test has.
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
    }
}
