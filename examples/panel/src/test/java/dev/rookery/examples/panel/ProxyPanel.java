package dev.rookery.examples.panel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.examples.panel.proxy.ConnectorChoice;
import dev.rookery.examples.panel.proxy.ProxyOptions;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import dev.rookery.proxy.engine.LocalUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** A panel with a proxy: an engine that runs on this machine, and something to lead to. */
public final class ProxyPanel implements AutoCloseable {

    private final OkHttpClient visitor = new OkHttpClient();
    private final LocalEngine engine;
    private final LocalUpstream upstream;
    private final TestPanel panel;

    private ProxyPanel(Path folder, LocalEngine engine, Database database, UnaryOperator<ProxyOptions> chosen)
            throws IOException {
        this.engine = engine;
        upstream = new LocalUpstream("one");
        var options = chosen.apply(ProxyOptions.of(engine.choice(), folder.resolve("proxy")));
        panel = TestPanel.start(database, PanelSettings.defaults().withProxy(options), node -> node);
    }

    /** Starts one with a Caddy, which listens on free ports of this machine only, and may lead to it. */
    public static ProxyPanel start(Path folder) throws IOException {
        return start(folder, options -> options);
    }

    /**
     * Starts one with a Caddy.
     *
     * @param chosen what else is chosen
     */
    public static ProxyPanel start(Path folder, UnaryOperator<ProxyOptions> chosen) throws IOException {
        return start(folder, LocalEngine.caddy(folder.resolve("caddy")), chosen);
    }

    /** Starts one with an engine, which it ends. */
    public static ProxyPanel start(Path folder, LocalEngine engine) throws IOException {
        return start(folder, engine, options -> options);
    }

    private static ProxyPanel start(Path folder, LocalEngine engine, UnaryOperator<ProxyOptions> chosen)
            throws IOException {
        return start(folder, engine, Database.open(folder.resolve("data")), chosen);
    }

    /** Starts one with an engine, which it ends, over a database. */
    public static ProxyPanel start(Path folder, LocalEngine engine, Database database) throws IOException {
        return start(folder, engine, database, options -> options);
    }

    private static ProxyPanel start(
            Path folder, LocalEngine engine, Database database, UnaryOperator<ProxyOptions> chosen) throws IOException {
        var started = new ProxyPanel(folder, engine, database, chosen);
        started.settle("[]");
        return started;
    }

    /**
     * Starts one that asks a fake of Cloudflare.
     *
     * @param connectors how tunnels are connected
     * @param offered names that users may take
     */
    public static ProxyPanel start(
            Path folder, FakeCloudflare cloudflare, Optional<ConnectorChoice> connectors, String... offered)
            throws IOException {
        return start(
                folder,
                options -> new ProxyOptions(
                        options.engine(),
                        List.of(offered),
                        options.instance(),
                        options.folder(),
                        connectors,
                        cloudflare.url()));
    }

    /** Saves the engine's ports, that it may lead to this machine, and policies of certificates. */
    public void settle(String tlsPolicies) {
        var settings =
                "{\"settings\":{\"listenAddress\":\"127.0.0.1\",\"httpPort\":" + engine.httpPort() + ",\"httpsPort\":"
                        + engine.httpsPort() + ",\"tunnelPort\":" + engine.tunnelPort()
                        + ",\"allowedUpstreams\":[\"127.0.0.0/8\"]},\"tlsPolicies\":" + tlsPolicies + "}";
        put("/api/plugins", settings).ok();
    }

    /** Returns the engine. */
    public LocalEngine engine() {
        return engine;
    }

    /** Returns what is led to. */
    public LocalUpstream upstream() {
        return upstream;
    }

    /** Returns the panel. */
    public TestPanel panel() {
        return panel;
    }

    /** Returns the administrator. */
    public PanelClient admin() {
        return panel.admin();
    }

    /** Returns what the engine has logged. */
    public String log() throws IOException {
        return Files.readString(engine.log());
    }

    /** Returns a route to what there is to lead to. */
    public String route(String id, String domain) {
        return route(id, domain, "");
    }

    /**
     * Returns a route to what there is to lead to.
     *
     * @param more further members, each with a comma before it
     */
    public String route(String id, String domain, String more) {
        return "{\"id\":\"" + id + "\",\"enabled\":true,\"domains\":[\"" + domain
                + "\"],\"exposure\":\"plain-http\",\"action\":{\"type\":\"proxy\",\"upstreams\":[{\"scheme\":\"http\",\"host\":\"127.0.0.1\",\"port\":"
                + upstream.port() + "}]}" + more + "}";
    }

    /** Returns the etag that is to be named by the next change. */
    public String etag() {
        return admin().get("/api/routes").ok().path("etag").asText();
    }

    /** Replaces what was read just now. */
    public PanelClient.Answer put(String path, String body) {
        return change("PUT", path, body);
    }

    /** Changes what was read just now. */
    public PanelClient.Answer change(String method, String path, @Nullable String body) {
        return admin().call(method, path, body, Map.of("If-Match", '"' + etag() + '"'));
    }

    /** Returns the newest revision. */
    public long revision() {
        return state().path("saved").path("number").asLong();
    }

    /** Returns how far everything is. */
    public JsonNode state() {
        return admin().get("/api/proxy").ok().path("state");
    }

    /** Asks for a name as a visitor does; returns status and body. */
    public String visit(String host, Map<String, String> headers) throws IOException {
        var request = new Request.Builder()
                .url("http://127.0.0.1:" + engine.httpPort() + "/")
                .header("Host", host);
        headers.forEach(request::header);
        try (var response = visitor.newCall(request.build()).execute()) {
            return response.code() + " " + response.body().string();
        }
    }

    /** Asks for a name as a visitor does; returns status and body. */
    public String visit(String host) throws IOException {
        return visit(host, Map.of());
    }

    @Override
    public void close() {
        panel.close();
        upstream.close();
        engine.close();
        visitor.dispatcher().executorService().shutdown();
        visitor.connectionPool().evictAll();
    }
}
