package dev.rookery.testing.panel;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A panel over real HTTP on loopback: any {@link Panel} behind the {@link PanelEndpoint}, for nodes that were not started by the test
 * itself. Thread-safe.
 */
public final class PanelServer implements AutoCloseable {

    private static final int THREADS = 16;

    private final HttpServer server;
    private final ExecutorService workers;
    private final PanelEndpoint endpoint;

    private PanelServer(HttpServer server, PanelEndpoint endpoint) {
        this.server = server;
        this.endpoint = endpoint;
        this.workers = Executors.newFixedThreadPool(THREADS, task -> {
            var thread = new Thread(task, "panel-server");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Serves a panel to one node.
     *
     * @param port where; 0 takes any free one
     * @throws IOException if the port is taken
     */
    public static PanelServer start(Panel panel, NodeCredentials node, int port) throws IOException {
        return start(PanelEndpoint.of(panel, node), port);
    }

    /**
     * Serves whatever an endpoint serves, such as a panel with many nodes.
     *
     * @param port where; 0 takes any free one
     * @throws IOException if the port is taken
     */
    public static PanelServer start(PanelEndpoint endpoint, int port) throws IOException {
        requireNonNull(endpoint, "endpoint");
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var served = new PanelServer(http, endpoint);
        http.createContext("/", served::answer);
        http.setExecutor(served.workers);
        http.start();
        return served;
    }

    /** Returns where nodes reach the panel, without a path. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Ends the server at once. */
    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            var uri = exchange.getRequestURI();
            var answer = endpoint.handle(new PanelRequest(
                    exchange.getRequestMethod(),
                    uri.getPath(),
                    query(uri.getRawQuery()),
                    headers,
                    exchange.getRequestBody()));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private static Map<String, String> query(String raw) {
        var query = new HashMap<String, String>();
        if (raw != null) {
            for (var pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                query.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
