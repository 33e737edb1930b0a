package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.route.EngineKind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the engine that will be used can do.
 *
 * @param kind which program
 * @param version of it, three numbers
 * @param modules what is built in, as the program itself lists it; only what goes beyond the usual matters
 */
public record EngineFeatures(EngineKind kind, String version, Set<String> modules) {

    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");

    /** Checks its arguments. */
    public EngineFeatures {
        requireNonNull(kind, "kind");
        requireNonNull(version, "version");
        modules = Set.copyOf(modules);
        if (!VERSION.matcher(version).matches()) {
            throw new InvalidInputException("version: '" + version + "' (expected: such as 2.6.2)");
        }
    }

    /** Returns a Caddy without plugins. */
    public static EngineFeatures caddy(String version) {
        return new EngineFeatures(EngineKind.CADDY, version, Set.of());
    }

    /** Returns an nginx of the free edition without further modules. */
    public static EngineFeatures nginx(String version) {
        return new EngineFeatures(EngineKind.NGINX, version, Set.of());
    }

    /** Returns whether the version is this one or newer. */
    public boolean atLeast(int major, int minor) {
        var found = VERSION.matcher(version);
        if (!found.matches()) {
            return false;
        }
        int ours = Integer.parseInt(found.group(1));
        return ours > major || (ours == major && Integer.parseInt(found.group(2)) >= minor);
    }

    /** Returns whether a module is built in. */
    public boolean has(String module) {
        return modules.contains(module);
    }

    /** Returns program and version, for people. */
    public String title() {
        return (kind == EngineKind.CADDY ? "Caddy " : "nginx ") + version;
    }

    /** Returns where to get what a module does, for people. */
    public static Optional<String> source(String module) {
        return switch (module) {
            case "http.handlers.rate_limit" -> Optional.of("mholt/caddy-ratelimit");
            case "http.handlers.cache" -> Optional.of("caddyserver/cache-handler");
            case "http.matchers.maxmind_geolocation" -> Optional.of("porech/caddy-maxmind-geolocation");
            case "security" -> Optional.of("greenpau/caddy-security");
            case "layer4" -> Optional.of("mholt/caddy-l4");
            case "stream" -> Optional.of("its stream module, of Debian libnginx-mod-stream");
            case "dns.providers.cloudflare" -> Optional.of("caddy-dns/cloudflare");
            default -> Optional.empty();
        };
    }

    /** Returns what is missing and where to get it, for people. */
    public String lacking(String module) {
        return title() + " without the module " + module
                + source(module)
                        .map(place -> " (expected: built with " + place + ")")
                        .orElse("");
    }
}
