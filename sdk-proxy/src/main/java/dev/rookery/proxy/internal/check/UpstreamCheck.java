package dev.rookery.proxy.internal.check;

import dev.rookery.kit.net.AddressBlock;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks where requests go. Engines take addresses without a port, ranges of ports and no upstream at all, and answer errors when somebody comes:
 * it is refused here. So are addresses that lead to the proxy's own machine, or to what a cloud tells its machines.
 */
final class UpstreamCheck {

    private static final int UPSTREAMS_MAX = 64;
    private static final int PORT_MAX = 65_535;
    private static final int WEIGHT_MAX = 1000;
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})?(\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final Pattern V4 = Pattern.compile("[0-9.]+");
    private static final Pattern V4_PART = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern SOCKET = Pattern.compile("/[A-Za-z0-9_./-]{1,100}");

    private static final List<AddressBlock> FORBIDDEN = List.of(
            AddressBlock.parse("0.0.0.0/8"),
            AddressBlock.parse("127.0.0.0/8"),
            AddressBlock.parse("169.254.0.0/16"),
            AddressBlock.parse("224.0.0.0/3"),
            AddressBlock.parse("::/127"),
            AddressBlock.parse("64:ff9b::/96"),
            AddressBlock.parse("fe80::/10"),
            AddressBlock.parse("ff00::/8"),
            AddressBlock.parse("fd00:ec2::254/128"));

    private static final Set<String> FORBIDDEN_NAMES = Set.of("localhost", "metadata.google.internal", "metadata");

    private UpstreamCheck() {}

    static void check(Findings found, ProxyTo proxy, Scope scope) {
        var upstreams = proxy.upstreams();
        if (proxy.discovery().isEmpty()) {
            found.at("upstreams")
                    .require(
                            !upstreams.isEmpty() && upstreams.size() <= UPSTREAMS_MAX,
                            "UPSTREAM_COUNT",
                            upstreams.size() + " upstreams (expected: 1 to " + UPSTREAMS_MAX + ")");
        }
        for (int i = 0; i < upstreams.size(); i++) {
            check(found.at("upstreams", i), upstreams.get(i), scope);
        }
        together(found.at("upstreams"), upstreams);
        proxy.discovery().ifPresent(discovery -> name(found.at("discovery").at("name"), discovery.name(), scope));
    }

    /** Checks one upstream. */
    static void check(Findings found, Upstream upstream, Scope scope) {
        if (upstream.scheme() == Upstream.Scheme.UNIX) {
            found.at("host")
                    .require(
                            SOCKET.matcher(upstream.host()).matches()
                                    && !upstream.host().contains(".."),
                            "UPSTREAM_ADDRESS",
                            "socket '" + Shown.of(upstream.host())
                                    + "' (expected: an absolute path of letters, digits, dots and hyphens)");
            found.at("host")
                    .require(
                            scope.settings().allowedUpstreams().stream()
                                    .anyMatch(path -> within(path, upstream.host())),
                            "UPSTREAM_FORBIDDEN",
                            "socket " + Shown.of(upstream.host())
                                    + " is of the proxy's own machine (expected: its path, or a folder above it, in allowedUpstreams of the settings)");
        } else {
            host(found.at("host"), upstream.host(), scope);
            port(found.at("port"), upstream.effectivePort());
        }
        int weight = upstream.effectiveWeight();
        found.at("weight")
                .require(
                        weight >= 0 && weight <= WEIGHT_MAX,
                        "UPSTREAM_WEIGHTS",
                        "weight " + weight + " (expected: 0 to " + WEIGHT_MAX + ")");
        found.at("maxRequests")
                .require(
                        upstream.maxRequests() >= 0,
                        "UPSTREAM_LIMIT",
                        "maxRequests " + upstream.maxRequests() + " (expected: 0 or more)");
    }

    private static boolean within(String allowed, String path) {
        return allowed.startsWith("/")
                && (path.equals(allowed) || path.startsWith(allowed.endsWith("/") ? allowed : allowed + "/"));
    }

    static void port(Findings found, int port) {
        found.require(
                port >= 1 && port <= PORT_MAX, "UPSTREAM_PORT", "port " + port + " (expected: 1 to " + PORT_MAX + ")");
    }

    /** Checks an address or a name that is led to. */
    static void host(Findings found, String host, Scope scope) {
        if (isName(host)) {
            name(found, host, scope);
        } else {
            address(found, bare(host), scope);
        }
    }

    /** Returns whether something is looked up, and no address. */
    static boolean isName(String host) {
        var text = bare(host);
        return !V6.matcher(text).matches() && !V4.matcher(text).matches();
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns whether an address leads to the proxy's own machine, or to what a cloud tells its machines. */
    static boolean forbidden(InetAddress address, List<AddressBlock> allowed) {
        return FORBIDDEN.stream().anyMatch(block -> block.contains(address))
                && allowed.stream().noneMatch(block -> block.contains(address));
    }

    private static void address(Findings found, String text, Scope scope) {
        InetAddress address;
        try {
            var parts = text.split("\\.", -1);
            // Some programs read 010 as 8 and some as 10, and 127.1 as 127.0.0.1.
            boolean plain = text.indexOf(':') >= 0
                    || (parts.length == 4
                            && Stream.of(parts)
                                    .allMatch(part -> V4_PART.matcher(part).matches()));
            address = plain ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            address = null;
        }
        if (address == null) {
            found.error(
                    "UPSTREAM_ADDRESS", "address '" + Shown.of(text) + "' (expected: such as 10.0.0.5 or 2001:db8::5)");
            return;
        }
        found.require(
                !forbidden(address, scope.allowed()),
                "UPSTREAM_FORBIDDEN",
                "address " + text
                        + " leads to the proxy's own machine or link (expected: another one, or its network in allowedUpstreams of the settings)");
    }

    private static void name(Findings found, String name, Scope scope) {
        found.require(
                NAME.matcher(name).matches() && name.length() <= 253,
                "UPSTREAM_ADDRESS",
                "host '" + Shown.of(name) + "' (expected: an address or a name, without scheme, port and path)");
        var plain = name.toLowerCase(Locale.ROOT);
        boolean own = FORBIDDEN_NAMES.contains(plain) || plain.endsWith(".localhost");
        found.require(
                !own || scope.settings().allowedUpstreams().contains(plain),
                "UPSTREAM_FORBIDDEN",
                "host '" + Shown.of(name)
                        + "' leads to the proxy's own machine (expected: another one, or the name in allowedUpstreams of the settings)");
    }

    private static void together(Findings found, List<Upstream> upstreams) {
        var kinds = new HashSet<Upstream.Scheme>();
        upstreams.forEach(upstream ->
                kinds.add(upstream.scheme() == Upstream.Scheme.UNIX ? Upstream.Scheme.HTTP : upstream.scheme()));
        found.require(
                kinds.size() <= 1,
                "UPSTREAM_MIXED",
                "upstreams with and without TLS or h2c in one route (expected: all alike)");
        boolean used = upstreams.isEmpty() || upstreams.stream().anyMatch(upstream -> upstream.effectiveWeight() > 0);
        found.require(used, "UPSTREAM_WEIGHTS", "all weights are 0 (expected: one above 0)");
        var addresses = new HashSet<String>();
        for (var upstream : upstreams) {
            found.require(
                    addresses.add(upstream.host() + ":" + upstream.effectivePort()),
                    "UPSTREAM_TWICE",
                    Shown.of(upstream.host()) + ":" + upstream.effectivePort()
                            + " is given twice (expected: once, with a weight)");
        }
    }
}
