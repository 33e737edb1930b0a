package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.Auth;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.PortalAuth;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.Upstream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Handlers that let some pass. */
final class CaddyAuth {

    private CaddyAuth() {}

    static Tree handler(CaddyForm form, ProxySettings settings, Auth auth) {
        if (auth instanceof BasicAuth basic) {
            return basic(basic);
        }
        if (auth instanceof ForwardAuth forward) {
            return forward(form, settings, forward);
        }
        return portal((PortalAuth) auth);
    }

    private static Tree basic(BasicAuth basic) {
        var accounts = basic.accounts().stream()
                .map(account ->
                        Tree.of("username", Literal.of(account.user())).put("password", Literal.of(account.hash())))
                .toList();
        var provider = Tree.of("realm", Literal.of(basic.realm()))
                .putAll("accounts", accounts)
                // Comparing a password takes up to a second: once for each of them is enough.
                .put("hash_cache", new Tree());
        if (basic.accounts().stream().anyMatch(account -> account.hash().startsWith("$argon2id$"))) {
            provider.put("hash", Tree.of("algorithm", "argon2id"));
        }
        return Tree.of("handler", "authentication").put("providers", new Tree().put("http_basic", provider));
    }

    /** Asks a service; what it says of the user replaces what the client said, also if it says nothing. */
    private static Tree forward(CaddyForm form, ProxySettings settings, ForwardAuth forward) {
        var asked = Tree.of("handler", "reverse_proxy")
                .putAll("upstreams", List.of(Tree.of("dial", CaddyProxy.dial(forward.service()))))
                .put("rewrite", Tree.of("method", "GET").put("uri", Literal.of(forward.path())))
                .put(
                        "headers",
                        new Tree()
                                .put(
                                        "request",
                                        new Tree()
                                                .put(
                                                        "set",
                                                        new Tree()
                                                                .put(
                                                                        "X-Forwarded-Method",
                                                                        List.of("{http.request.method}"))
                                                                .put(
                                                                        "X-Forwarded-Uri",
                                                                        List.of("{http.request.uri}")))));
        form.trust(asked, settings.trustedProxies());
        if (forward.service().scheme() == Upstream.Scheme.HTTPS) {
            asked.put("transport", Tree.of("protocol", "http").put("tls", new Tree()));
        }
        var routes = new ArrayList<Tree>();
        routes.add(new Tree().putAll("handle", List.of(Tree.of("handler", "vars"))));
        for (var header : forward.copyHeaders()) {
            routes.add(new Tree()
                    .putAll(
                            "handle",
                            List.of(CaddyHeaders.request(new Tree().put("delete", CaddyHeaders.spellings(header))))));
            var said = "{http.reverse_proxy.header." + header + "}";
            // What is not said is a text of its own for versions before 2.8.
            var empty = new Tree().put("vars", new Tree().put(said, List.of("", "<nil>")));
            routes.add(new Tree()
                    .putAll("match", List.of(new Tree().putAll("not", List.of(empty))))
                    .putAll(
                            "handle",
                            List.of(CaddyHeaders.request(
                                    new Tree().put("set", new Tree().put(header, List.of(said)))))));
        }
        var passed = new Tree()
                .put(
                        "match",
                        new Tree().put("status_code", new Json.Array(List.of(new Json.Num(BigDecimal.valueOf(2))))))
                .putAll("routes", routes);
        return asked.putAll("handle_response", List.of(passed));
    }

    private static Tree portal(PortalAuth portal) {
        var gate = Tree.of("gatekeeper_name", portal.policy()).put("route_matcher", "*");
        return Tree.of("handler", "authentication").put("providers", new Tree().put("authorizer", gate));
    }
}
