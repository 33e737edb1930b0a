package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HostHeader;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Upstream;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds routes whose requests come back to them, until the client or the proxy gives up. */
final class LoopCheck {

    private LoopCheck() {}

    static void check(Findings found, HttpRoute route, Scope scope) {
        var own = HttpRouteCheck.domains(route);
        if (route.action() instanceof RedirectTo redirect) {
            redirect(found.at("action").at("to"), route, redirect, own);
        } else if (route.action() instanceof ProxyTo proxy) {
            for (int i = 0; i < proxy.upstreams().size(); i++) {
                upstream(
                        found.at("action").at("upstreams", i),
                        proxy.hostHeader(),
                        proxy.upstreams().get(i),
                        own,
                        scope);
            }
        }
    }

    private static void redirect(Findings found, HttpRoute route, RedirectTo redirect, List<Domain> own) {
        var target = uri(redirect.to());
        boolean all = route.paths().isEmpty() && route.match().conditions() == 0;
        // Without TLS before it, a name may send its clients to where TLS is.
        boolean encrypts = route.exposure() == Exposure.PLAIN_HTTP
                && target.map(URI::getScheme).filter("https"::equals).isPresent();
        boolean back = target.map(URI::getHost).filter(host -> meets(own, host)).isPresent();
        if (all && back && !encrypts) {
            found.error(
                    route.exposure() == Exposure.TUNNEL ? "TUNNEL_FORCE_HTTPS" : "REDIRECT_LOOP",
                    "'" + Shown.of(redirect.to())
                            + "' is this route again (expected: another host, or paths of the route"
                            + (route.exposure() == Exposure.TUNNEL
                                    ? "; Cloudflare can be told to send clients to https itself)"
                                    : ")"));
        }
    }

    private static void upstream(Findings found, HostHeader header, Upstream upstream, List<Domain> own, Scope scope) {
        if (upstream.scheme() == Upstream.Scheme.UNIX || !ports(scope).contains(upstream.effectivePort())) {
            return;
        }
        boolean here = upstream.host().equals(scope.settings().listenAddress()) || loopback(upstream.host());
        boolean kept = header.kind() == HostHeader.Kind.KEEP;
        if ((here && kept) || meets(own, upstream.host())) {
            found.error(
                    "UPSTREAM_LOOP",
                    Shown.of(upstream.host()) + ":" + upstream.effectivePort()
                            + " is a listener of the proxy itself (expected: another port, or another machine)");
        }
    }

    private static Set<Integer> ports(Scope scope) {
        var ports = new HashSet<>(
                List.of(scope.settings().httpPort(), scope.settings().httpsPort()));
        scope.settings().tunnelPort().ifPresent(ports::add);
        return ports;
    }

    private static boolean loopback(String host) {
        return host.startsWith("127.") || host.equals("::1") || host.equals("[::1]") || host.equals("localhost");
    }

    private static boolean meets(List<Domain> own, String host) {
        return new Findings()
                .read("", () -> Domain.parse(host))
                .filter(name -> own.stream().anyMatch(name::meets))
                .isPresent();
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException e) {
            // Told where redirects are read.
            return Optional.empty();
        }
    }
}
