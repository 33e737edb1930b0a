package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.PathPattern;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.ActiveHealth;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.HostHeader;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Transport;
import dev.rookery.proxy.route.Upstream;
import java.time.Duration;
import java.util.regex.Pattern;

/** Checks how requests are passed on. */
final class ProxyCheck {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,260}");
    private static final Pattern SERVER_NAME = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private ProxyCheck() {}

    static void check(Findings found, ProxyTo proxy, Scope scope) {
        UpstreamCheck.check(found, proxy, scope);
        hostHeader(found.at("hostHeader"), proxy.hostHeader());
        balancing(found.at("balancing"), proxy.balancing());
        proxy.activeHealth().ifPresent(health -> active(found.at("activeHealth"), health));
        proxy.passiveHealth().ifPresent(health -> {
            time(found.at("passiveHealth").at("failDuration"), health.failDuration(), true);
            found.at("passiveHealth")
                    .require(
                            health.maxFails() >= 1,
                            "HEALTH",
                            "maxFails " + health.maxFails() + " (expected: 1 or more)");
            health.unhealthyStatus().forEach(status -> status(found.at("passiveHealth"), status));
        });
        transport(found.at("transport"), proxy);
    }

    static void method(Findings found, String method) {
        found.require(
                METHOD.matcher(method).matches(),
                "METHOD",
                "method '" + Shown.of(method) + "' (expected: upper case letters)");
    }

    static void time(Findings found, Duration time, boolean positive) {
        boolean right = !time.isNegative() && time.compareTo(LONGEST) <= 0 && !(positive && time.isZero());
        found.require(right, "DURATION", time + " (expected: " + (positive ? "more than nothing" : "0") + " to a day)");
    }

    private static void status(Findings found, int status) {
        boolean right = (status >= 1 && status <= 5) || (status >= 100 && status <= 599);
        found.require(right, "STATUS", "status " + status + " (expected: 100 to 599, or 1 to 5 for a class)");
    }

    private static void hostHeader(Findings found, HostHeader host) {
        if (host.kind() == HostHeader.Kind.FIXED) {
            var value = host.value().orElse("");
            found.require(
                    HOST.matcher(value).matches(),
                    "HOST_HEADER",
                    "host '" + Shown.of(value) + "' (expected: a name or an address, also with a port)");
        }
    }

    private static void balancing(Findings found, Balancing balancing) {
        boolean keyed = switch (balancing.policy()) {
            case HEADER, COOKIE, QUERY -> true;
            default -> false;
        };
        var key = balancing.key().orElse("");
        found.at("key")
                .require(
                        !keyed || KEY.matcher(key).matches(),
                        "LB_KEY",
                        "key '" + Shown.of(key) + "' (expected: the name of the header, cookie or parameter)");
        found.at("choose")
                .require(
                        balancing.choose() >= 2,
                        "LB_CHOOSE",
                        "choose " + balancing.choose() + " (expected: 2 or more)");
        found.at("retries")
                .require(
                        balancing.retries() >= 0 && balancing.retries() <= 100,
                        "LB_RETRIES",
                        "retries " + balancing.retries() + " (expected: 0 to 100)");
        time(found.at("tryDuration"), balancing.tryDuration(), false);
        // Without a pause the engine would try again all the time while no upstream works.
        time(found.at("tryInterval"), balancing.tryInterval(), true);
        for (int i = 0; i < balancing.retryMethods().size(); i++) {
            method(found.at("retryMethods", i), balancing.retryMethods().get(i));
        }
    }

    private static void active(Findings found, ActiveHealth health) {
        Texts.path(found.at("path"), "HEALTH", health.path());
        health.port().ifPresent(port -> UpstreamCheck.port(found.at("port"), port));
        method(found.at("method"), health.method());
        time(found.at("interval"), health.interval(), true);
        time(found.at("timeout"), health.timeout(), true);
        health.expectStatus().ifPresent(status -> status(found.at("expectStatus"), status));
        health.expectBody()
                .ifPresent(expression ->
                        found.at("expectBody").read("REGEX_INVALID", () -> PathPattern.parse(expression)));
        found.require(
                health.passes() >= 1 && health.fails() >= 1, "HEALTH", "passes or fails below 1 (expected: 1 or more)");
        health.headers().forEach((name, value) -> {
            Texts.line(found.at("headers").at(name), "HEADER_NAME", name, 128);
            Texts.headerValue(found.at("headers").at(name), value, false);
        });
    }

    private static void transport(Findings found, ProxyTo proxy) {
        Transport transport = proxy.transport();
        time(found.at("dialTimeout"), transport.dialTimeout(), true);
        time(found.at("idleTimeout"), transport.idleTimeout(), false);
        transport.responseTimeout().ifPresent(time -> time(found.at("responseTimeout"), time, true));
        transport.readTimeout().ifPresent(time -> time(found.at("readTimeout"), time, true));
        transport.writeTimeout().ifPresent(time -> time(found.at("writeTimeout"), time, true));
        transport
                .proxyProtocol()
                .ifPresent(version -> found.at("proxyProtocol")
                        .require(
                                version == 1 || version == 2,
                                "PROXY_PROTOCOL",
                                "version " + version + " (expected: 1 or 2)"));
        transport.tls().ifPresent(tls -> {
            boolean encrypted =
                    proxy.upstreams().stream().allMatch(upstream -> upstream.scheme() == Upstream.Scheme.HTTPS);
            found.at("tls")
                    .require(
                            encrypted,
                            "UPSTREAM_TLS",
                            "settings of TLS for upstreams without it (expected: scheme https)");
            found.at("tls")
                    .require(
                            tls.certificateFile().isPresent() == tls.keyFile().isPresent(),
                            "UPSTREAM_TLS",
                            "a certificate without its key, or the other way round (expected: both or none)");
            var place = found.at("tls");
            tls.authorityFile().ifPresent(file -> DocumentCheck.file(place.at("authorityFile"), file));
            tls.certificateFile().ifPresent(file -> DocumentCheck.file(place.at("certificateFile"), file));
            tls.keyFile().ifPresent(file -> DocumentCheck.file(place.at("keyFile"), file));
            tls.serverName()
                    .ifPresent(name -> place.at("serverName")
                            .require(
                                    SERVER_NAME.matcher(name).matches(),
                                    "UPSTREAM_TLS",
                                    "name '" + Shown.of(name) + "' (expected: a name, or an address)"));
            if (tls.acceptInsecure()) {
                found.at("tls")
                        .warning(
                                "UPSTREAM_INSECURE",
                                "whoever is between here and the upstream can read and change everything");
            }
        });
    }
}
