package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.daemon.internal.machine.HostAddresses;
import dev.rookery.daemon.internal.machine.SelfSigned;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The key and certificate that a node without a domain makes for itself ({@link ApiOptions#selfSigned()}), in {@code tls} below its root
 * directory. A panel trusts it by its fingerprint, which it is told when the node enrols.
 *
 * @param certificate the PEM file with the certificate: P-256, for ten years
 * @param key the PEM file with its key, which only its owner may read
 * @param sha256 the certificate's fingerprint, 64 lower-case hexadecimal digits; no secret
 */
@Incubating
public record NodeCertificate(Path certificate, Path key, String sha256) {

    /** Checks its arguments. */
    public NodeCertificate {
        requireNonNull(certificate, "certificate");
        requireNonNull(key, "key");
        requireNonNull(sha256, "sha256");
    }

    /**
     * Returns a node's certificate, made now if there is none yet or it has expired. Whoever starts a daemon with these options gets the
     * same one.
     *
     * @param options name the root directory, and the addresses that are no interface's
     * @param clock tells the time
     * @throws IOException if it cannot be made or read
     */
    public static NodeCertificate of(DaemonOptions options, Clock clock) throws IOException {
        var own = SelfSigned.in(
                options.system().rootDirectory().resolve("tls"),
                HostAddresses.all(options.docker().systemIps()),
                clock);
        return new NodeCertificate(own.certificate(), own.key(), own.sha256());
    }
}
