package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.cloudflare.IngressRule;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.PathPattern;
import dev.rookery.proxy.internal.name.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** cloudflared's rules for rules, and those that it should have. Source: proxy.md §4.1. */
public final class IngressCheck {

    private static final Pattern SERVICE = Pattern.compile("http_status:[1-9]\\d\\d|hello_world|bastion|socks-proxy"
            + "|unix(\\+tls)?:/[A-Za-z0-9._/-]{1,200}"
            + "|(https?|wss?|tcp|ssh|rdp|smb)://([A-Za-z0-9._-]{1,253}|\\[[0-9a-fA-F:.]{2,45}])(:\\d{1,5})?");
    private static final Pattern PORT = Pattern.compile(".*:(\\d{1,5})");
    private static final int PORT_MAX = 65_535;
    private static final Set<String> ORIGIN = Set.of(
            "connectTimeout",
            "tlsTimeout",
            "tcpKeepAlive",
            "noHappyEyeballs",
            "keepAliveConnections",
            "keepAliveTimeout",
            "httpHostHeader",
            "originServerName",
            "matchSNItoHost",
            "caPool",
            "noTLSVerify",
            "disableChunkedEncoding",
            "http2Origin",
            "proxyType",
            "access");

    private IngressCheck() {}

    /** Returns what is wrong with rules. */
    public static List<String> problems(List<IngressRule> rules) {
        var found = new ArrayList<String>();
        if (rules.isEmpty()) {
            found.add("no rules (expected: at least one that catches all)");
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var at = "rule " + i + ": ";
            boolean last = i == rules.size() - 1;
            if (last != rule.catchesAll()) {
                found.add(at
                        + (last
                                ? "the last one has a name or a path (expected: one that catches all)"
                                : "catches all before the end (expected: a name or a path)"));
            }
            if (!seen.add(rule.hostname() + " " + rule.path())) {
                found.add(at + "is never reached: an earlier one has the same name and path");
            }
            rule.hostname().ifPresent(name -> hostname(found, at, name));
            rule.path().ifPresent(path -> read(found, at, () -> PathPattern.parse(path)));
            service(found, at, rule.service());
            rule.origin().members().keySet().stream()
                    .filter(name -> !ORIGIN.contains(name))
                    .forEach(name ->
                            found.add(at + "originRequest '" + Shown.of(name) + "', which cloudflared does not know"));
        }
        return List.copyOf(found);
    }

    /** Returns the rule that a request comes to. */
    public static int matching(List<IngressRule> rules, String host, String path) {
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            if (rule.hostname().map(name -> covers(name, host)).orElse(true)
                    && rule.path()
                            .map(expression ->
                                    Pattern.compile(expression).matcher(path).find())
                            .orElse(true)) {
                return i;
            }
        }
        return rules.size() - 1;
    }

    private static boolean covers(String name, String host) {
        return name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
    }

    private static void hostname(List<String> found, String at, String name) {
        read(found, at, () -> {
            // cloudflared compares case by case.
            if (!Domain.parse(name).toString().equals(name)) {
                throw new InvalidInputException(
                        "hostname '" + Shown.of(name) + "' (expected: '" + Domain.parse(name) + "')");
            }
        });
    }

    private static void service(List<String> found, String at, String service) {
        var port = PORT.matcher(service);
        boolean right = SERVICE.matcher(service).matches()
                && (!service.contains("://")
                        || !port.matches()
                        || (Integer.parseInt(port.group(1)) >= 1 && Integer.parseInt(port.group(1)) <= PORT_MAX));
        if (!right) {
            found.add(at + "service '" + Shown.of(service)
                    + "' (expected: such as http://host:port without a path, ssh://host:22, or http_status:404)");
        }
    }

    private static void read(List<String> found, String at, Runnable reading) {
        try {
            reading.run();
        } catch (InvalidInputException e) {
            found.add(at + e.getMessage());
        }
    }
}
