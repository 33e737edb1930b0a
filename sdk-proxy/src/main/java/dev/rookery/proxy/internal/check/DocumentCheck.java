package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.SecretRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a whole document. */
public final class DocumentCheck {

    private static final int ROUTES_MAX = 100_000;
    private static final int PORT_MAX = 65_535;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern FILE = Pattern.compile("/[A-Za-z0-9_./-]{1,200}");
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}");

    private DocumentCheck() {}

    /** Returns everything that is wrong with it. */
    public static List<Finding> check(ProxyDocument document, EngineFeatures engine) {
        var found = new Findings();
        var scope = new Scope(document, engine);
        found.at("schema")
                .require(
                        document.schema() == ProxyDocument.SCHEMA,
                        "SCHEMA",
                        "schema " + document.schema() + " (expected: " + ProxyDocument.SCHEMA + ")");
        settings(found.at("settings"), document.settings());
        int count = document.routes().size() + document.l4Routes().size();
        found.at("routes")
                .require(count <= ROUTES_MAX, "LIMIT_ROUTES", count + " routes (expected: at most " + ROUTES_MAX + ")");
        TlsCheck.check(found, scope);
        ClientCertificateCheck.check(found, scope);
        routes(found, scope);
        bindings(found, document);
        ConflictCheck.check(found, document);
        PortCheck.check(found, scope);
        RawCheck.check(found, scope);
        FeatureCheck.check(found, scope);
        return found.all();
    }

    private static void routes(Findings found, Scope scope) {
        Set<String> ids = new HashSet<>();
        var routes = scope.document().routes();
        for (int i = 0; i < routes.size(); i++) {
            var place = found.at("routes", i).of(routes.get(i).id());
            place.at("id")
                    .require(
                            ids.add(routes.get(i).id()),
                            "ROUTE_ID",
                            "id '" + Shown.of(routes.get(i).id()) + "' is given twice");
            HttpRouteCheck.check(place, routes.get(i), scope);
        }
        var l4Routes = scope.document().l4Routes();
        for (int i = 0; i < l4Routes.size(); i++) {
            var place = found.at("l4Routes", i).of(l4Routes.get(i).id());
            place.at("id")
                    .require(
                            ids.add(l4Routes.get(i).id()),
                            "ROUTE_ID",
                            "id '" + Shown.of(l4Routes.get(i).id()) + "' is given twice");
            L4Check.check(place, l4Routes.get(i), scope);
        }
    }

    private static void settings(Findings found, ProxySettings settings) {
        port(found.at("httpPort"), settings.httpPort());
        port(found.at("httpsPort"), settings.httpsPort());
        settings.tunnelPort().ifPresent(port -> port(found.at("tunnelPort"), port));
        var ports = new HashSet<Integer>(List.of(settings.httpPort()));
        boolean distinct = ports.add(settings.httpsPort())
                && (settings.tunnelPort().isEmpty()
                        || ports.add(settings.tunnelPort().getAsInt()));
        found.require(distinct, "PORT_CLASH", "one port for two listeners (expected: three of their own)");
        if (!settings.listenAddress().isEmpty()) {
            RouteTextCheck.address(found.at("listenAddress"), settings.listenAddress());
        }
        settings.acmeEmail()
                .ifPresent(email -> found.at("acmeEmail")
                        .require(
                                EMAIL.matcher(email).matches(),
                                "EMAIL",
                                "'" + Shown.of(email) + "' (expected: an address)"));
        RouteTextCheck.networks(found, "trustedProxies", settings.trustedProxies());
        ProxyCheck.time(found.at("gracePeriod"), settings.gracePeriod(), true);
        for (int i = 0; i < settings.reserved().size(); i++) {
            var name = settings.reserved().get(i);
            found.at("reserved", i).read("DOMAIN_SYNTAX", () -> Domain.parse(name));
        }
        settings.geoDatabase().ifPresent(file -> file(found.at("geoDatabase"), file));
        settings.storage().ifPresent(file -> file(found.at("storage"), file));
    }

    private static void bindings(Findings found, ProxyDocument document) {
        var ids = new HashSet<String>();
        for (int i = 0; i < document.cloudflare().size(); i++) {
            var binding = document.cloudflare().get(i);
            var place = found.at("cloudflare", i);
            HttpRouteCheck.id(place.at("id"), binding.id());
            place.at("id")
                    .require(
                            ids.add(binding.id()),
                            "CLOUDFLARE_BINDING",
                            "id '" + Shown.of(binding.id()) + "' is given twice");
            place.at("accountId")
                    .require(
                            binding.accountId().matches("[0-9a-f]{32}"),
                            "CLOUDFLARE_BINDING",
                            "account '" + Shown.of(binding.accountId()) + "' (expected: 32 hexadecimal digits)");
            place.at("tunnelName")
                    .require(
                            binding.tunnelName().matches("[A-Za-z0-9._-]{1,100}"),
                            "CLOUDFLARE_BINDING",
                            "tunnel '" + Shown.of(binding.tunnelName())
                                    + "' (expected: letters, digits, dots and hyphens)");
            place.at("proxyUrl")
                    .require(
                            binding.proxyUrl().matches("https?://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?"),
                            "CLOUDFLARE_BINDING",
                            "proxyUrl '" + Shown.of(binding.proxyUrl())
                                    + "' (expected: http:// or https:// and a host, without a path)");
            secret(place.at("token"), binding.token());
        }
    }

    static void secret(Findings found, SecretRef secret) {
        boolean right = switch (secret.kind()) {
            case ENV -> VARIABLE.matcher(secret.name()).matches();
            case FILE -> isFile(secret.name());
            case VAULT -> secret.name().length() <= 256;
        };
        found.require(
                right,
                "SECRET",
                "a reference to a secret that cannot be one (expected: env:NAME, file:/PATH or vault:KEY)");
    }

    static void file(Findings found, String file) {
        found.require(
                isFile(file),
                "FILE",
                "file '" + Shown.of(file) + "' (expected: an absolute path of letters, digits, dots and hyphens)");
    }

    static boolean isFile(String file) {
        return FILE.matcher(file).matches() && !file.contains("..");
    }

    static void port(Findings found, int port) {
        found.require(port >= 1 && port <= PORT_MAX, "PORT", "port " + port + " (expected: 1 to " + PORT_MAX + ")");
    }
}
