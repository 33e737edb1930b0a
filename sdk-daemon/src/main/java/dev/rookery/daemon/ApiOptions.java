package dev.rookery.daemon;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.daemon.internal.http.TrustedProxies;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The HTTP edge of a daemon.
 *
 * @param host the address to listen on; default {@code 0.0.0.0}
 * @param port the port to listen on, 0 for any free one; default 8080
 * @param tls certificate and key; empty means plain HTTP
 * @param uploadLimitMebibytes the largest file that a browser may upload; default 100
 * @param dialect which daemon it speaks like, {@link Dialect#PELICAN} or {@link Dialect#PTERODACTYL}; default Pelican's
 * @param allowedOrigins origins beside the panel's that may open a console; default none
 * @param privateNetworkAllowed whether pages of public addresses may call a node on a private one; default false
 * @param trustedProxies addresses and networks of proxies whose word about the client's address is taken; default none
 * @param selfSigned whether a daemon without {@code tls} makes a key and a certificate for itself, below its root directory; a panel pins
 *     the fingerprint that it logs. Default false
 */
@Value.Builder
public record ApiOptions(
        String host,
        int port,
        Optional<Tls> tls,
        int uploadLimitMebibytes,
        Dialect dialect,
        List<String> allowedOrigins,
        boolean privateNetworkAllowed,
        List<String> trustedProxies,
        boolean selfSigned) {

    /** Checks every value. */
    public ApiOptions {
        Checks.notBlank(host, "api.host");
        Checks.range(0, port, 65535, "api.port");
        Checks.range(1, uploadLimitMebibytes, Integer.MAX_VALUE, "api.upload_limit");
        if (dialect != Dialect.PELICAN && dialect != Dialect.PTERODACTYL) {
            throw new InvalidInputException(
                    "api.dialect: " + dialect.wireName() + " (expected: pelican or pterodactyl)");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
        TrustedProxies.of(trustedProxies);
    }

    /** Returns a builder with every default. */
    public static ApiOptionsBuilder builder() {
        return new ApiOptionsBuilder()
                .host("0.0.0.0")
                .port(8080)
                .uploadLimitMebibytes(100)
                .dialect(Dialect.PELICAN)
                .privateNetworkAllowed(false)
                .selfSigned(false);
    }

    /**
     * Certificate and key in PEM files.
     *
     * @param certificate the certificate chain
     * @param key the private key
     */
    public record Tls(Path certificate, Path key) {}
}
