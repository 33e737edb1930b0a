package dev.rookery.testing.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/** An object store that takes the parts of one archive and gives the whole archive. */
final class ObjectStore implements AutoCloseable {

    private final HttpServer server;
    private final Map<Integer, byte[]> parts = new ConcurrentSkipListMap<>();

    ObjectStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/part/", this::take);
        server.createContext("/archive", this::give);
        server.start();
    }

    List<URI> parts(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> at("/part/" + i)).toList();
    }

    URI archive() {
        return at("/archive");
    }

    byte[] content() {
        var all = new ByteArrayOutputStream();
        parts.values().forEach(all::writeBytes);
        return all.toByteArray();
    }

    private void take(HttpExchange exchange) throws IOException {
        int number = Integer.parseInt(exchange.getRequestURI().getPath().substring("/part/".length()));
        parts.put(number, exchange.getRequestBody().readAllBytes());
        exchange.getResponseHeaders().set("ETag", "\"part-" + number + "\"");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void give(HttpExchange exchange) throws IOException {
        byte[] bytes = content();
        exchange.getResponseHeaders().set("Content-Type", "application/x-gzip");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
