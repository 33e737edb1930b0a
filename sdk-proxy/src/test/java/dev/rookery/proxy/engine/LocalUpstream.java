package dev.rookery.proxy.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Something to lead to: it answers its name, what it was asked for, and the headers it got. */
public final class LocalUpstream implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String name;

    public LocalUpstream(String name) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var text = new StringBuilder(name + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n");
        exchange.getRequestHeaders()
                .forEach((header, values) -> values.forEach(
                        value -> text.append(header).append(": ").append(value).append('\n')));
        // What a service for log-ins would do.
        boolean refused = "no".equals(exchange.getRequestHeaders().getFirst("X-Pass"));
        exchange.getResponseHeaders().set("X-From", name);
        exchange.getResponseHeaders().set("X-Gone", "secret");
        var asked = exchange.getRequestHeaders();
        exchange.getResponseHeaders()
                .set(
                        "X-Asked",
                        asked.getFirst("X-Forwarded-Proto") + "://" + asked.getFirst("X-Forwarded-Host") + " for "
                                + asked.getFirst("X-Forwarded-For"));
        if ("yes".equals(exchange.getRequestHeaders().getFirst("X-Pass"))) {
            exchange.getResponseHeaders().set("Remote-User", "somebody");
        }
        var bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(refused ? 401 : 200, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
