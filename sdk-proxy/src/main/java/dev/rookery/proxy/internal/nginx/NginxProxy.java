package dev.rookery.proxy.internal.nginx;

import static dev.rookery.proxy.internal.nginx.NginxDocument.seconds;

import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PassiveHealth;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Transport;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.route.UpstreamTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What passes requests on. */
final class NginxProxy {

    private static final String AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";
    /** nginx waits for a connection no longer than this. */
    private static final Duration DIAL_MAX = Duration.ofSeconds(75);

    private static final Duration STREAM = Duration.ofDays(1);

    private final NginxScope scope;
    private final HttpRoute route;
    private final ProxyTo proxy;
    private final Listener listener;
    private final String name;

    NginxProxy(NginxScope scope, HttpRoute route, ProxyTo proxy, Listener listener) {
        this.scope = scope;
        this.route = route;
        this.proxy = proxy;
        this.listener = listener;
        this.name = NginxScope.name(route.id());
    }

    void add(Block location) {
        var first = proxy.upstreams().get(0);
        var scheme = first.scheme() == Upstream.Scheme.HTTPS ? "https://" : "http://";
        if (lookedUp(first)) {
            location.line("set", Word.own("$" + name), Word.plain(address(first)));
            new NginxRewrite(scope.texts()).add(location, route.rewrite());
            location.line("proxy_pass", scheme + "$" + name);
        } else {
            scope.once(name, this::group);
            new NginxRewrite(scope.texts()).add(location, route.rewrite());
            location.line("proxy_pass", scheme + NginxScope.group(name));
        }
        route.rewrite().method().ifPresent(method -> location.line("proxy_method", Word.plain(method)));
        location.line("proxy_http_version", "1.1");
        headers(location);
        times(location);
        retries(location);
        if (proxy.flushAtOnce()) {
            location.line("proxy_buffering", "off");
        }
        location.line("proxy_request_buffering", "off");
        if (first.scheme() == Upstream.Scheme.HTTPS) {
            tls(location);
        }
        cache(location);
    }

    /** Returns whether an upstream is looked up when somebody comes. */
    static boolean lookedUp(Upstream upstream) {
        return upstream.scheme() != Upstream.Scheme.UNIX && NginxScope.named(upstream.host());
    }

    /** Returns where an upstream is. */
    static String address(Upstream upstream) {
        return upstream.scheme() == Upstream.Scheme.UNIX
                ? "unix:" + upstream.host()
                : NginxScope.host(upstream.host()) + ":" + upstream.effectivePort();
    }

    /** Returns what clients speak: a tunnel's do not speak with this engine. */
    static String scheme(Listener listener) {
        return listener == Listener.TUNNEL ? "https" : "$scheme";
    }

    /** Demands that the upstream is who it says. */
    static void verified(Block place, String host) {
        verified(place, host, UpstreamTls.builder().build());
    }

    private void group(Block before) {
        var group = before.block("upstream", Word.own(NginxScope.group(name)));
        policy(group);
        for (int i = 0; i < proxy.upstreams().size(); i++) {
            server(group, proxy.upstreams().get(i), i);
        }
        group.line("keepalive", "16");
        if (!proxy.transport().idleTimeout().isZero()) {
            group.line("keepalive_timeout", seconds(proxy.transport().idleTimeout()));
        }
    }

    private void policy(Block group) {
        var key = proxy.balancing().key().orElse("").toLowerCase(Locale.ROOT).replace('-', '_');
        switch (proxy.balancing().policy()) {
            case RANDOM -> group.line("random", new Word[0]);
            case LEAST_CONNECTIONS -> group.line("least_conn", new Word[0]);
            case IP_HASH -> group.line("hash", "$realip_remote_addr", "consistent");
            case CLIENT_IP_HASH -> group.line("hash", "$remote_addr", "consistent");
            case URI_HASH -> group.line("hash", "$request_uri", "consistent");
            case HEADER -> group.line("hash", "$http_" + key, "consistent");
            case QUERY -> group.line("hash", "$arg_" + proxy.balancing().key().orElse(""), "consistent");
            case RANDOM_CHOOSE -> group.line("random", "two", "least_conn");
            case ROUND_ROBIN, WEIGHTED, FIRST, COOKIE -> {}
        }
    }

    private void server(Block group, Upstream upstream, int place) {
        var words = new ArrayList<Word>();
        words.add(Word.plain(address(upstream)));
        if (upstream.effectiveWeight() == 0) {
            words.add(Word.own("down"));
        } else if (upstream.effectiveWeight() != 1) {
            words.add(Word.own("weight=" + upstream.effectiveWeight()));
        }
        words.add(Word.own("max_fails="
                + proxy.passiveHealth().map(PassiveHealth::maxFails).orElse(0)));
        proxy.passiveHealth()
                .ifPresent(health -> words.add(Word.own("fail_timeout=" + seconds(health.failDuration()))));
        int limit = upstream.maxRequests() > 0
                ? upstream.maxRequests()
                : proxy.passiveHealth()
                        .flatMap(health ->
                                health.maxConcurrent().stream().boxed().findFirst())
                        .orElse(proxy.transport().maxConnectionsPerHost());
        if (limit > 0) {
            words.add(Word.own("max_conns=" + limit));
        }
        boolean second = place > 0 && proxy.balancing().policy() == Balancing.Policy.FIRST;
        if (upstream.backup() || second) {
            words.add(Word.own("backup"));
        }
        group.line("server", words.toArray(Word[]::new));
    }

    private void headers(Block location) {
        headers().forEach((header, value) -> location.line("proxy_set_header", Word.regex(header), value));
    }

    /** Returns each header once, with what the last one says that sets it: nginx would send a line for each of them. */
    private Map<String, Word> headers() {
        var headers = new TreeMap<String, Word>(String.CASE_INSENSITIVE_ORDER);
        headers.put(
                "Host",
                switch (proxy.hostHeader().kind()) {
                    case KEEP -> Word.own("$rookery_host");
                    case UPSTREAM -> Word.plain(address(proxy.upstreams().get(0)));
                    case FIXED -> Word.plain(proxy.hostHeader().value().orElse(""));
                });
        headers.put("Upgrade", Word.own("$rookery_upgrade"));
        headers.put("Connection", Word.own("$rookery_connection"));
        headers.put("X-Real-IP", Word.own("$remote_addr"));
        headers.put("X-Forwarded-For", Word.own("$remote_addr"));
        headers.put("X-Forwarded-Host", Word.own("$rookery_host"));
        headers.put("X-Forwarded-Proto", Word.own(scheme(listener)));
        for (var auth : route.auth()) {
            if (auth instanceof ForwardAuth forward) {
                var access = new NginxAccess(scope, route, listener);
                // What the service does not say is sent as nothing: a client cannot say it in its place.
                forward.copyHeaders().forEach(header -> headers.put(header, Word.own("$" + access.said(header))));
            }
        }
        var ops = route.headersUp();
        ops.set()
                .forEach((header, value) -> headers.put(
                        header,
                        ops.template()
                                ? NginxTemplates.word(scope.texts(), value)
                                : scope.texts().word(value)));
        ops.delete().forEach(header -> headers.put(header, new Word("\"\"")));
        return headers;
    }

    private void times(Block location) {
        Transport transport = proxy.transport();
        var dial = transport.dialTimeout().compareTo(DIAL_MAX) > 0 ? DIAL_MAX : transport.dialTimeout();
        location.line("proxy_connect_timeout", seconds(dial));
        var read = transport.readTimeout().or(transport::responseTimeout).orElse(STREAM);
        location.line("proxy_read_timeout", seconds(read));
        location.line("proxy_send_timeout", seconds(transport.writeTimeout().orElse(STREAM)));
    }

    private void retries(Block location) {
        var balancing = proxy.balancing();
        var words = new ArrayList<Word>();
        words.add(Word.own("error"));
        words.add(Word.own("timeout"));
        proxy.passiveHealth()
                .ifPresent(health -> health.unhealthyStatus().forEach(status -> {
                    if (status >= 100) {
                        words.add(Word.own("http_" + status));
                    }
                }));
        if (balancing.retryMethods().contains("POST")) {
            words.add(Word.own("non_idempotent"));
        }
        location.line("proxy_next_upstream", words.toArray(Word[]::new));
        boolean timed = !balancing.tryDuration().isZero() && balancing.retries() == 0;
        location.line("proxy_next_upstream_tries", String.valueOf(timed ? 0 : balancing.retries() + 1));
        if (!balancing.tryDuration().isZero()) {
            location.line("proxy_next_upstream_timeout", seconds(balancing.tryDuration()));
        }
    }

    private void tls(Block location) {
        var tls = proxy.transport().tls().orElseGet(() -> UpstreamTls.builder().build());
        var host = tls.serverName().orElse(proxy.upstreams().get(0).host());
        verified(location, host, tls);
        tls.certificateFile().ifPresent(file -> location.line("proxy_ssl_certificate", Word.plain(file)));
        tls.keyFile().ifPresent(file -> location.line("proxy_ssl_certificate_key", Word.plain(file)));
    }

    private static void verified(Block location, String host, UpstreamTls tls) {
        location.line("proxy_ssl_server_name", "on");
        location.line("proxy_ssl_name", Word.plain(host));
        location.line("proxy_ssl_verify", tls.acceptInsecure() ? "off" : "on");
        if (!tls.acceptInsecure()) {
            location.line("proxy_ssl_verify_depth", "4");
            location.line(
                    "proxy_ssl_trusted_certificate",
                    Word.plain(tls.authorityFile().orElse(AUTHORITIES)));
        }
    }

    private void cache(Block location) {
        route.cache().ifPresent(cache -> {
            scope.once(
                    "rookery cache",
                    before -> before.line(
                            "proxy_cache_path",
                            "cache",
                            "levels=1:2",
                            "keys_zone=rookery_cache:10m",
                            "inactive=1d",
                            "max_size=1g"));
            location.line("proxy_cache", "rookery_cache");
            location.line("proxy_cache_key", route.id() + "$scheme$rookery_host$request_uri");
            location.line("proxy_cache_valid", "200", "301", "302", seconds(cache.ttl()));
            location.line("proxy_cache_lock", "on");
            // What somebody has to log in for is nobody else's.
            location.line("proxy_cache_bypass", "$http_authorization");
            location.line("proxy_no_cache", "$http_authorization");
            if (!cache.stale().isZero()) {
                location.line("proxy_cache_use_stale", "error", "timeout", "updating");
                location.line("proxy_cache_background_update", "on");
            }
        });
    }
}
