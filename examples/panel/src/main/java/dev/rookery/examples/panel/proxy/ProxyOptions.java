package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was chosen for the proxy when the panel was started.
 *
 * @param engine the program that passes requests on
 * @param offered names that users of servers may take, each {@code *.} before a domain: exactly one label of their own; empty leaves domains to
 *     administrators
 * @param instance tells the records of this panel at Cloudflare from others' of the same account
 * @param folder for secrets, for what is wanted at Cloudflare, and for what the engine's program leaves behind
 * @param connectors how the connectors of tunnels are run; empty if somebody else runs them
 * @param cloudflareApi where Cloudflare is asked, for tests and for gateways of one's own; without TLS on this machine only
 */
public record ProxyOptions(
        EngineChoice engine,
        List<String> offered,
        String instance,
        Path folder,
        Optional<ConnectorChoice> connectors,
        URI cloudflareApi) {

    /** Where Cloudflare is. */
    public static final URI CLOUDFLARE = URI.create("https://api.cloudflare.com/client/v4");

    private static final Pattern OFFERED =
            Pattern.compile("\\*(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){2,10}", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-]{1,24}");

    /** Checks its arguments. */
    public ProxyOptions {
        requireNonNull(engine, "engine");
        offered = offered.stream().map(ProxyOptions::offered).distinct().toList();
        folder = folder.toAbsolutePath();
        requireNonNull(connectors, "connectors");
        requirePrivate(cloudflareApi);
        if (!INSTANCE.matcher(instance).matches()) {
            throw new InvalidInputException(
                    "instance: '" + instance + "' (expected: 1 to 24 letters, digits, underscores and hyphens)");
        }
    }

    /** Returns what is usual: nothing offered, Cloudflare's own address. */
    public static ProxyOptions of(EngineChoice engine, Path folder) {
        return new ProxyOptions(engine, List.of(), "panel", folder, Optional.empty(), CLOUDFLARE);
    }

    /** Returns a copy that offers names. */
    public ProxyOptions offering(String... names) {
        return new ProxyOptions(engine, List.of(names), instance, folder, connectors, cloudflareApi);
    }

    /** Tokens go there. */
    private static void requirePrivate(URI api) {
        boolean here = api.getHost() != null && LOOPBACK.matcher(api.getHost()).matches();
        if (!"https".equals(api.getScheme()) && !(here && "http".equals(api.getScheme()))) {
            throw new InvalidInputException("cloudflareApi: '" + api
                    + "' (expected: an address with https, or one of this machine, for tokens are sent there)");
        }
    }

    private static String offered(String given) {
        var name = given.strip().toLowerCase(Locale.ROOT);
        if (!OFFERED.matcher(name).matches()) {
            throw new InvalidInputException("offered: '" + given + "' (expected: such as *.play.example.net)");
        }
        return name;
    }
}
