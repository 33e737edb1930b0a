package dev.rookery.proxy.internal.check;

import static dev.rookery.proxy.internal.check.NginxCheck.lacks;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.HostHeader;
import dev.rookery.proxy.route.PassiveHealth;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.util.List;
import java.util.Set;

/** Checks what is passed on by nginx. */
final class NginxProxyCheck {

    private static final Set<Integer> COUNTED = Set.of(500, 502, 503, 504, 429);

    private NginxProxyCheck() {}

    static void check(Findings place, EngineFeatures engine, ProxyTo proxy) {
        var upstreams = proxy.upstreams();
        lacks(place.at("discovery"), engine, proxy.discovery().isPresent(), "discovery", "upstreams, or Caddy");
        if (upstreams.isEmpty()) {
            return;
        }
        lacks(
                place.at("upstreams"),
                engine,
                upstreams.get(0).scheme() == Upstream.Scheme.H2C,
                "HTTP/2 without TLS to upstreams",
                "scheme http");
        names(place.at("upstreams"), engine, upstreams);
        lacks(place.at("activeHealth"), engine, proxy.activeHealth().isPresent(), "health checks", "passiveHealth");
        proxy.passiveHealth().ifPresent(health -> passive(place.at("passiveHealth"), engine, health));
        lacks(
                place.at("transport").at("proxyProtocol"),
                engine,
                proxy.transport().proxyProtocol().isPresent(),
                "the PROXY protocol to upstreams of HTTP",
                "none, or Caddy");
        boolean same = upstreams.size() == 1 || proxy.hostHeader().kind() != HostHeader.Kind.UPSTREAM;
        lacks(
                place.at("hostHeader"),
                engine,
                !same,
                "the host of the upstream that is taken, of several",
                "a fixed one");
        boolean tls = upstreams.get(0).scheme() == Upstream.Scheme.HTTPS;
        boolean verified = proxy.transport()
                .tls()
                .map(options -> options.acceptInsecure() || options.serverName().isPresent())
                .orElse(false);
        lacks(
                place.at("transport").at("tls"),
                engine,
                tls && upstreams.size() > 1 && !verified,
                "a name for each of several upstreams",
                "one serverName");
        balancing(place.at("balancing"), engine, proxy);
    }

    /** nginx reads nothing at all if one name is not there; so they are looked up later, which it does for one alone. */
    static void names(Findings place, EngineFeatures engine, List<Upstream> upstreams) {
        boolean named = upstreams.stream()
                .anyMatch(upstream -> upstream.scheme() != Upstream.Scheme.UNIX
                        && upstream.host().indexOf(':') < 0
                        && !upstream.host().matches("[0-9.]+"));
        lacks(place, engine, named && upstreams.size() > 1, "several upstreams, some by name", "their addresses");
        if (named) {
            place.note("UPSTREAM_RESOLVED_LATE", "looked up by a DNS server of the options when a request comes");
        }
    }

    private static void passive(Findings place, EngineFeatures engine, PassiveHealth health) {
        lacks(place, engine, health.unhealthyLatency().isPresent(), "slow answers as failures", "a responseTimeout");
        boolean known = COUNTED.containsAll(health.unhealthyStatus());
        lacks(place, engine, !known, "other answers as failures than 429, 500, 502, 503 and 504", "some of these");
    }

    private static void balancing(Findings place, EngineFeatures engine, ProxyTo proxy) {
        var policy = proxy.balancing().policy();
        var upstreams = proxy.upstreams();
        lacks(place, engine, policy == Balancing.Policy.COOKIE, "a cookie that chooses upstreams", "ip-hash");
        lacks(
                place,
                engine,
                policy == Balancing.Policy.RANDOM_CHOOSE && proxy.balancing().choose() != 2,
                "a choice of " + proxy.balancing().choose(),
                "2");
        lacks(
                place,
                engine,
                policy == Balancing.Policy.FIRST && upstreams.size() > 2,
                "an order of more than two upstreams",
                "two");
        boolean plain = switch (policy) {
            case QUERY -> proxy.balancing().key().orElse("").matches("[A-Za-z0-9_]+");
            case HEADER -> proxy.balancing().key().orElse("").matches("[A-Za-z0-9-]+");
            default -> true;
        };
        lacks(place.at("key"), engine, !plain, "such a key", "letters and digits, hyphens in headers");
        boolean turns = policy == Balancing.Policy.ROUND_ROBIN
                || policy == Balancing.Policy.WEIGHTED
                || policy == Balancing.Policy.LEAST_CONNECTIONS;
        boolean backup = upstreams.stream().anyMatch(Upstream::backup);
        lacks(place, engine, backup && !turns, "backup upstreams with this policy", "round-robin");
        boolean some = upstreams.stream().anyMatch(upstream -> !upstream.backup() && upstream.effectiveWeight() > 0);
        lacks(place, engine, !some, "no upstream but backups", "one that is none");
    }
}
