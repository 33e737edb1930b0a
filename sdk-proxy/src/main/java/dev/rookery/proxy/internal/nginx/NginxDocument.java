package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.NginxConfig;
import dev.rookery.proxy.NginxOptions;
import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RawOverride;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/** The whole configuration. All paths that it does not name in full are below the folder that nginx is started in. */
public final class NginxDocument {

    /** Whole names, not just their beginnings, have to fit. */
    private static final String NAME_BUCKET = "512";

    private final NginxScope scope;

    private NginxDocument(NginxScope scope) {
        this.scope = scope;
    }

    /** Makes the files of a document without errors. */
    public static Map<String, String> of(ProxyDocument document, EngineFeatures engine, NginxOptions options) {
        return new NginxDocument(new NginxScope(document, engine, options)).build();
    }

    private Map<String, String> build() {
        var file = Block.file();
        boolean stream = scope.document().l4Routes().stream().anyMatch(L4Route::enabled);
        main(file, stream);
        http(file);
        if (stream) {
            new NginxStream(scope).add(file.block("stream"));
        }
        scope.file(NginxConfig.MAIN, file.text());
        scope.file(NginxSummary.FILE, new NginxSummary(scope).text());
        return scope.files();
    }

    private void main(Block file, boolean stream) {
        if (stream) {
            scope.options().streamModule().ifPresent(module -> file.line("load_module", Word.plain(module)));
        }
        scope.options().user().ifPresent(user -> file.line("user", Word.plain(user)));
        file.line("worker_processes", "auto");
        file.line("worker_shutdown_timeout", seconds(longest()));
        file.line("pid", "nginx.pid");
        file.line("error_log", "error.log", "warn");
        file.block("events").line("worker_connections", "4096");
    }

    /** Streams of an old configuration may go on as long as the most patient route says. */
    private Duration longest() {
        return scope.document().routes().stream()
                .filter(HttpRoute::enabled)
                .filter(route -> route.action() instanceof ProxyTo)
                .map(route -> route.webSockets().keptOverReloads())
                .reduce(scope.settings().gracePeriod(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private void http(Block file) {
        var http = file.block("http");
        common(http);
        var servers = Block.of("servers");
        for (var listener : Listener.values()) {
            new NginxServers(scope, listener).add(servers);
        }
        scope.pieces(http, RawOverride.Point.HTTP, "");
        scope.texts().define(http);
        http.addAll(scope.before());
        http.addAll(servers);
    }

    private void common(Block http) {
        for (var kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            http.line(kind + "_temp_path", kind + "_temp");
        }
        http.line("log_format", Word.own("rookery"), Word.own("escape=json"), Word.regex(format()));
        http.line("access_log", "off");
        http.line("server_tokens", "off");
        http.line("sendfile", "on");
        http.line("tcp_nodelay", "on");
        http.line("default_type", "application/octet-stream");
        NginxTypes.add(http);
        http.line("server_names_hash_bucket_size", NAME_BUCKET);
        http.line("server_names_hash_max_size", "131072");
        http.line("variables_hash_max_size", "16384");
        http.line("variables_hash_bucket_size", "128");
        http.line("map_hash_bucket_size", "512");
        http.line("proxy_headers_hash_max_size", "4096");
        http.line("proxy_headers_hash_bucket_size", "256");
        http.line("ssl_protocols", "TLSv1.2", "TLSv1.3");
        http.line("ssl_session_cache", "shared:rookery:10m");
        http.line("client_max_body_size", "0");
        if (!scope.options().resolvers().isEmpty()) {
            resolvers(http);
        }
        // A whole address in the first line of a request counts, whatever its header says: $host knows, but has no
        // port.
        var host = http.block("map", Word.own("$host/$http_host"), Word.own("$rookery_host"));
        host.line("default", "$host").line(Word.quoted("~*^([^/]+)/\\1(:[0-9]+)?$"), "$http_host");
        // By another protocol, such as h2c, a client would come to all that the upstream has, past every rule.
        var upgrade = http.block("map", Word.own("$http_upgrade"), Word.own("$rookery_upgrade"));
        upgrade.line("default", new Word("\"\"")).line(Word.quoted("~*^websocket$"), "$http_upgrade");
        var connection = http.block("map", Word.own("$rookery_upgrade"), Word.own("$rookery_connection"));
        connection.line("default", "upgrade").line("\"\"", new Word("\"\""));
    }

    private void resolvers(Block block) {
        var words = scope.options().resolvers().stream().map(Word::plain).toList();
        var all = new ArrayList<>(words);
        all.add(Word.own("valid=10s"));
        block.line("resolver", all.toArray(Word[]::new));
    }

    private static String format() {
        return "{\"time\":\"$time_iso8601\",\"id\":\"$request_id\",\"client\":\"$remote_addr\",\"method\":\"$request_method\","
                + "\"host\":\"$host\",\"uri\":\"$request_uri\",\"status\":$status,\"bytes\":$body_bytes_sent,"
                + "\"seconds\":$request_time,\"upstream\":\"$upstream_addr\",\"correlation\":\"$http_x_correlation_id\"}";
    }

    /** Returns a time as nginx takes it. */
    static String seconds(Duration time) {
        return time.toNanos() % 1_000_000_000L == 0 ? time.toSeconds() + "s" : Math.max(1, time.toMillis()) + "ms";
    }
}
