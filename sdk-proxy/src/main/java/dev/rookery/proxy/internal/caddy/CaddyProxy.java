package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.ActiveHealth;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.Discovery;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.PassiveHealth;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Transport;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.route.UpstreamTls;
import dev.rookery.proxy.route.WebSockets;
import java.math.BigDecimal;
import java.util.List;

/** The handler that passes requests on. */
final class CaddyProxy {

    private final CaddyForm form;

    CaddyProxy(CaddyForm form) {
        this.form = form;
    }

    /**
     * Returns the handler.
     *
     * @param up changes of the request's headers
     * @param trusted networks whose word about the client's address is taken
     */
    Tree handler(ProxyTo proxy, HeaderOps up, WebSockets streams, List<String> trusted) {
        var tree = Tree.of("handler", "reverse_proxy");
        if (proxy.discovery().isPresent()) {
            tree.put("dynamic_upstreams", discovery(proxy.discovery().get()));
        } else {
            tree.putAll(
                    "upstreams",
                    proxy.upstreams().stream().map(CaddyProxy::upstream).toList());
        }
        tree.putSome("load_balancing", balancing(proxy));
        tree.putSome("health_checks", health(proxy));
        tree.put("transport", transport(proxy));
        tree.putSome("headers", new Tree().putSome("request", request(proxy, up)));
        if (proxy.flushAtOnce()) {
            tree.put("flush_interval", -1);
        }
        if (form.modern()) {
            streams.timeout().ifPresent(time -> tree.put("stream_timeout", time));
            tree.put("stream_close_delay", streams.keptOverReloads());
        }
        form.trust(tree, trusted);
        return tree;
    }

    /** Returns where an upstream is dialled. */
    static String dial(Upstream upstream) {
        if (upstream.scheme() == Upstream.Scheme.UNIX) {
            return "unix/" + Literal.of(upstream.host());
        }
        return host(upstream.host()) + ":" + upstream.effectivePort();
    }

    /** Returns an address as it stands before a port. */
    static String host(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private static Tree upstream(Upstream upstream) {
        var tree = Tree.of("dial", dial(upstream));
        return upstream.maxRequests() > 0 ? tree.put("max_requests", upstream.maxRequests()) : tree;
    }

    private static Tree discovery(Discovery discovery) {
        var tree = Tree.of("source", discovery.kind() == Discovery.Kind.ADDRESS ? "a" : "srv")
                .put("name", discovery.name());
        if (discovery.kind() == Discovery.Kind.ADDRESS) {
            tree.put("port", String.valueOf(discovery.port().orElse(80)));
        }
        return tree.put("refresh", discovery.refresh());
    }

    private static Tree balancing(ProxyTo proxy) {
        var balancing = proxy.balancing();
        var tree = new Tree();
        if (balancing.policy() != Balancing.Policy.RANDOM) {
            tree.put("selection_policy", policy(balancing, proxy.upstreams()));
        }
        if (balancing.retries() > 0) {
            tree.put("retries", balancing.retries());
        }
        if (!balancing.tryDuration().isZero()) {
            tree.put("try_duration", balancing.tryDuration());
        }
        if (!tree.isEmpty()
                && (balancing.retries() > 0 || !balancing.tryDuration().isZero())) {
            tree.put("try_interval", balancing.tryInterval());
            tree.putAll("retry_match", List.of(new Tree().put("method", balancing.retryMethods())));
        }
        return tree;
    }

    private static Tree policy(Balancing balancing, List<Upstream> upstreams) {
        var key = balancing.key().orElse("");
        return switch (balancing.policy()) {
            case RANDOM -> Tree.of("policy", "random");
            case ROUND_ROBIN -> Tree.of("policy", "round_robin");
            case WEIGHTED ->
                Tree.of("policy", "weighted_round_robin")
                        .put(
                                "weights",
                                new Json.Array(upstreams.stream()
                                        .<Json>map(upstream ->
                                                new Json.Num(BigDecimal.valueOf(upstream.effectiveWeight())))
                                        .toList()));
            case LEAST_CONNECTIONS -> Tree.of("policy", "least_conn");
            case FIRST -> Tree.of("policy", "first");
            case IP_HASH -> Tree.of("policy", "ip_hash");
            case CLIENT_IP_HASH -> Tree.of("policy", "client_ip_hash");
            case URI_HASH -> Tree.of("policy", "uri_hash");
            case HEADER -> Tree.of("policy", "header").put("field", key);
            case COOKIE -> {
                var tree = Tree.of("policy", "cookie").put("name", key);
                balancing.secret().ifPresent(secret -> tree.put("secret", "{env." + secret.name() + "}"));
                yield tree;
            }
            case QUERY -> Tree.of("policy", "query").put("key", key);
            case RANDOM_CHOOSE -> Tree.of("policy", "random_choose").put("choose", balancing.choose());
        };
    }

    private Tree health(ProxyTo proxy) {
        var tree = new Tree();
        proxy.activeHealth().ifPresent(health -> tree.put("active", active(health)));
        proxy.passiveHealth().ifPresent(health -> tree.put("passive", passive(health)));
        return tree;
    }

    private Tree active(ActiveHealth health) {
        var tree = Tree.of("uri", Literal.of(health.path()))
                .put("interval", health.interval())
                .put("timeout", health.timeout());
        health.port().ifPresent(port -> tree.put("port", port));
        health.expectStatus().ifPresent(status -> tree.put("expect_status", status));
        health.expectBody().ifPresent(expression -> tree.put("expect_body", expression));
        var headers = new Tree();
        health.headers().forEach((name, value) -> headers.put(name, List.of(Literal.of(value))));
        tree.putSome("headers", headers);
        if (form.modern()) {
            tree.put("passes", health.passes()).put("fails", health.fails());
            if (!health.method().equals("GET")) {
                // Only 2.9 and newer know the member at all.
                tree.put("method", health.method());
            }
        }
        return tree;
    }

    private static Tree passive(PassiveHealth health) {
        var tree = new Tree().put("fail_duration", health.failDuration()).put("max_fails", health.maxFails());
        if (!health.unhealthyStatus().isEmpty()) {
            tree.put(
                    "unhealthy_status",
                    new Json.Array(health.unhealthyStatus().stream()
                            .<Json>map(status -> new Json.Num(BigDecimal.valueOf(status)))
                            .toList()));
        }
        health.unhealthyLatency().ifPresent(time -> tree.put("unhealthy_latency", time));
        health.maxConcurrent().ifPresent(count -> tree.put("unhealthy_request_count", count));
        return tree;
    }

    private Tree transport(ProxyTo proxy) {
        Transport transport = proxy.transport();
        var tree = Tree.of("protocol", "http").put("dial_timeout", transport.dialTimeout());
        var scheme =
                proxy.upstreams().stream().map(Upstream::scheme).findFirst().orElse(Upstream.Scheme.HTTP);
        if (scheme == Upstream.Scheme.H2C) {
            tree.put("versions", List.of("h2c", "2"));
        }
        transport.responseTimeout().ifPresent(time -> tree.put("response_header_timeout", time));
        transport.readTimeout().ifPresent(time -> tree.put("read_timeout", time));
        transport.writeTimeout().ifPresent(time -> tree.put("write_timeout", time));
        tree.put("keep_alive", new Tree().put("idle_timeout", transport.idleTimeout()));
        if (transport.maxConnectionsPerHost() > 0) {
            tree.put("max_conns_per_host", transport.maxConnectionsPerHost());
        }
        transport.proxyProtocol().ifPresent(version -> tree.put("proxy_protocol", "v" + version));
        if (scheme == Upstream.Scheme.HTTPS) {
            tree.put(
                    "tls",
                    tls(transport.tls().orElseGet(() -> UpstreamTls.builder().build())));
        }
        return tree;
    }

    private Tree tls(UpstreamTls tls) {
        var tree = new Tree();
        tls.serverName().ifPresent(name -> tree.put("server_name", Literal.of(name)));
        tls.authorityFile().ifPresent(file -> {
            if (form.modern()) {
                tree.put("ca", Tree.of("provider", "file").put("pem_files", List.of(file)));
            } else {
                tree.put("root_ca_pem_files", List.of(file));
            }
        });
        tls.certificateFile().ifPresent(file -> tree.put("client_certificate_file", file));
        tls.keyFile().ifPresent(file -> tree.put("client_certificate_key_file", file));
        if (tls.acceptInsecure()) {
            tree.put("insecure_skip_verify", true);
        }
        return tree;
    }

    private Tree request(ProxyTo proxy, HeaderOps up) {
        var ops = CaddyHeaders.ops(up);
        var host = switch (proxy.hostHeader().kind()) {
            case KEEP -> "";
            case UPSTREAM -> "{http.reverse_proxy.upstream.hostport}";
            case FIXED -> Literal.of(proxy.hostHeader().value().orElse(""));
        };
        if (host.isEmpty()) {
            return ops;
        }
        var set = new Tree().put("Host", List.of(host));
        var present = ops.json().members().get("set");
        return ops.put("set", Tree.merged(present, set.json()));
    }
}
