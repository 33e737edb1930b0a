package dev.rookery.daemon.internal.http;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.Dialect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How the edge listens, and to whom it talks.
 *
 * @param host the address to listen on, {@code 0.0.0.0} by default
 * @param port the port, 0 for any free one; 8080 by default
 * @param tls certificate and key, empty for plain HTTP
 * @param panelUrl the panel's URL: the origin that browsers may come from; empty if there is no panel with a URL
 * @param allowedOrigins further origins; {@code *} allows every one
 * @param trustedProxies whose word about the client's address is taken; nobody's by default
 * @param allowPrivateNetwork whether pages of public addresses may reach this node on a private one
 * @param version the version in the {@code User-Agent} of answers, {@code develop} by default
 * @param dialect which daemon it speaks like: Pelican's by default, or Pterodactyl's, whose panel's tokens without scope are accepted then
 * @param uploadLimitBytes the largest file that a browser may upload, 100 MiB by default
 * @param limits bounds of everything a client can make grow
 */
@Value.Builder
public record HttpEdgeOptions(
        String host,
        int port,
        Optional<Tls> tls,
        String panelUrl,
        List<String> allowedOrigins,
        TrustedProxies trustedProxies,
        boolean allowPrivateNetwork,
        String version,
        Dialect dialect,
        long uploadLimitBytes,
        HttpEdgeLimits limits) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;
    private static final HttpEdgeOptions DEFAULTS = new HttpEdgeOptions(
            "0.0.0.0",
            DEFAULT_PORT,
            Optional.empty(),
            "",
            List.of(),
            TrustedProxies.of(List.of()),
            false,
            "develop",
            Dialect.PELICAN,
            100L << 20,
            HttpEdgeLimits.defaults());

    /** Checks the values. */
    public HttpEdgeOptions {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
        requireNonNull(panelUrl, "panelUrl");
        allowedOrigins = List.copyOf(allowedOrigins);
        requireNonNull(trustedProxies, "trustedProxies");
        requireNonNull(version, "version");
        requireNonNull(limits, "limits");
        if (dialect != Dialect.PELICAN && dialect != Dialect.PTERODACTYL) {
            throw new InvalidInputException("dialect: " + dialect.wireName() + " (expected: pelican or pterodactyl)");
        }
        if (uploadLimitBytes < 1) {
            throw new InvalidInputException("uploadLimitBytes: " + uploadLimitBytes + " (expected: > 0)");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidInputException("port: " + port + " (expected: 0 to " + MAX_PORT + ")");
        }
    }

    /** Returns a builder that begins with the defaults. */
    public static HttpEdgeOptionsBuilder builder() {
        return new HttpEdgeOptionsBuilder().from(DEFAULTS);
    }

    /**
     * A certificate and its key.
     *
     * @param certificate the chain, PEM
     * @param key the private key, PEM with PKCS#8
     */
    public record Tls(Path certificate, Path key) {
        /** Checks its arguments. */
        public Tls {
            requireNonNull(certificate, "certificate");
            requireNonNull(key, "key");
        }
    }
}
