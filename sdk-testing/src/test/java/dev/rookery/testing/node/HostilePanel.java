package dev.rookery.testing.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.ServerId;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelRequest;
import dev.rookery.testing.panel.FakePanel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A panel over HTTP on loopback that is honest about the servers its {@link FakePanel} knows, and answers whatever it was told to about
 * others, byte by byte. Thread-safe.
 */
final class HostilePanel implements AutoCloseable {

    private static final String CONFIGURATION = """
            {"settings":{"uuid":"@uuid","meta":{"name":"victim","description":""},"suspended":false,"environment":@environment,
             "invocation":@invocation,"skip_egg_scripts":@skip,"labels":@labels,"mounts":@mounts,"build":@build,
             "container":{"image":@image},"allocations":@allocations,
             "egg":{"id":"3f0a2a52-5d3f-4c0e-9a5c-5b1de0f5f0a1","file_denylist":[],"features":{}}},
             "process_configuration":{"startup":{"done":@done,"user_interaction":[],"strip_ansi":false},"stop":@stop,"configs":@configs}}
            """;
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("environment", "{}"),
            Map.entry("invocation", "\"echo ready; read line\""),
            Map.entry("skip", "true"),
            Map.entry("labels", "{}"),
            Map.entry("mounts", "[]"),
            Map.entry(
                    "build",
                    "{\"memory_limit\":64,\"swap\":0,\"disk_space\":0,\"io_weight\":0,\"cpu_limit\":0,\"threads\":null,"
                            + "\"oom_killer\":true}"),
            Map.entry("image", "\"~rookery/test:1\""),
            Map.entry(
                    "allocations",
                    "{\"force_outgoing_ip\":false,\"default\":{\"ip\":\"127.0.0.1\",\"port\":0},\"mappings\":{}}"),
            Map.entry("done", "[\"ready\"]"),
            Map.entry("stop", "{\"type\":\"command\",\"value\":\"stop\"}"),
            Map.entry("configs", "[]"));

    final FakePanel honest = new FakePanel();
    private final Map<String, HttpHandler> lies = new ConcurrentHashMap<>();
    private final ExecutorService workers;
    private final PanelEndpoint endpoint;
    private final HttpServer server;

    HostilePanel(NodeCredentials node) throws IOException {
        workers = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "hostile-panel");
            thread.setDaemon(true);
            return thread;
        });
        endpoint = PanelEndpoint.of(honest, node);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns a configuration in which some parts are other JSON, or none. */
    static String configuration(ServerId id, Map<String, String> parts) {
        var values = new LinkedHashMap<>(USUAL);
        values.putAll(parts);
        var text = CONFIGURATION.replace("@uuid", id.toString());
        for (var value : values.entrySet()) {
            text = text.replace("@" + value.getKey(), value.getValue());
        }
        return text;
    }

    /** From now on answers a question for a server's configuration so. */
    void configuration(ServerId server, HttpHandler answer) {
        lies.put("GET /api/remote/servers/" + server, answer);
    }

    /** From now on answers a question for a server's install script so. */
    void script(ServerId server, HttpHandler answer) {
        lies.put("GET /api/remote/servers/" + server + "/install", answer);
    }

    /** From now on answers the report of a server's installation so. */
    void installReport(ServerId server, HttpHandler answer) {
        lies.put("POST /api/remote/servers/" + server + "/install", answer);
    }

    /** Returns an answer of the whole body at once. */
    static HttpHandler body(byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    static HttpHandler body(String body) {
        return body(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var lie = lies.get(exchange.getRequestMethod() + " " + uri.getPath());
            if (lie != null) {
                lie.handle(exchange);
                return;
            }
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            var answer = endpoint.handle(new PanelRequest(
                    exchange.getRequestMethod(), uri.getPath(), Map.of(), headers, exchange.getRequestBody()));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }
}
