package dev.rookery.daemon;

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
 * @param uploadLimitMebibytes the largest body that is accepted; default 100
 * @param allowedOrigins origins beside the panel's that may open a console; default none
 */
@Value.Builder
public record ApiOptions(
        String host, int port, Optional<Tls> tls, int uploadLimitMebibytes, List<String> allowedOrigins) {

    /** Checks every value. */
    public ApiOptions {
        Checks.notBlank(host, "api.host");
        Checks.range(0, port, 65535, "api.port");
        Checks.range(1, uploadLimitMebibytes, Integer.MAX_VALUE, "api.upload_limit");
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** Returns a builder with every default. */
    public static ApiOptionsBuilder builder() {
        return new ApiOptionsBuilder().host("0.0.0.0").port(8080).uploadLimitMebibytes(100);
    }

    /**
     * Certificate and key in PEM files.
     *
     * @param certificate the certificate chain
     * @param key the private key
     */
    public record Tls(Path certificate, Path key) {}
}
