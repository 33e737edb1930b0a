package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.proxy.EngineChoice;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What gets certificates for nginx. */
final class CertbotArguments {

    @Option(
            names = "--certbot",
            description = {
                "certbot gets certificates for nginx; see --certbot-agree-tos. By default somebody else calls it,",
                "for files below /etc/letsencrypt/live"
            })
    private boolean wanted;

    @Option(
            names = "--certbot-agree-tos",
            description = "the terms of the authority are read and agreed to; certbot is not called without")
    private boolean agreed;

    @Option(
            names = "--certbot-email",
            paramLabel = "ADDRESS",
            description = "who the authority writes to (default: nobody, unless the proxy's settings say)")
    private @Nullable String email;

    @Option(
            names = "--certbot-server",
            paramLabel = "URL",
            description = "the directory of the authority (default: Let's Encrypt)")
    private @Nullable URI server;

    @Option(
            names = "--certbot-trust",
            paramLabel = "FILE",
            description = "a PEM file of who vouches for that address (default: whom the machine trusts)")
    private @Nullable Path trust;

    @Option(
            names = "--certbot-program",
            paramLabel = "FILE",
            description = "certbot's program (default: certbot of the PATH)")
    private @Nullable String program;

    /** Created by picocli. */
    CertbotArguments() {}

    /** Returns whether certbot is to be called. */
    boolean wanted() {
        return wanted;
    }

    /**
     * Returns what certbot is told; empty if nobody calls it from here.
     *
     * @throws InvalidInputException if the terms are not agreed to
     */
    Optional<EngineChoice.CertbotChoice> choice() {
        if (!wanted) {
            return Optional.empty();
        }
        if (!agreed) {
            throw new InvalidInputException("--certbot: without --certbot-agree-tos"
                    + " (expected: both, once somebody has read the terms of the authority)");
        }
        return Optional.of(new EngineChoice.CertbotChoice(
                program == null ? "certbot" : program,
                Optional.ofNullable(email),
                Optional.ofNullable(server).map(URI::toString),
                Optional.ofNullable(trust)));
    }
}
