package dev.rookery.proxy.engine;

import dev.rookery.api.Incubating;
import dev.rookery.kit.DurableFiles;
import dev.rookery.proxy.apply.CertificateOrder;
import dev.rookery.proxy.apply.CertificateSource;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.internal.cloudflare.Secrets;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.nginx.NginxCertificates;
import dev.rookery.proxy.internal.probe.Program;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gets certificates by certbot, each name for itself: by a file that the engine answers over HTTP, or by a record at Cloudflare, which wildcards need. Thread-safe
 * as far as {@link CertificateSource} asks. Source: proxy specification §3.4.
 *
 * <p>What certbot keeps of a certificate is enough for its own timer to renew it, too; whoever comes first does so.
 */
@Incubating
public final class Certbot implements CertificateSource {

    private static final int SAID_MAX = 500;
    private static final int LINES_MAX = 3;

    private final CertbotOptions options;

    private Certbot(CertbotOptions options) {
        this.options = options;
    }

    /** Returns what calls a certbot. Nothing is called yet. */
    public static Certbot of(CertbotOptions options) {
        return new Certbot(options);
    }

    @Override
    public Path file(String domain) {
        return options.certificates()
                .resolve(NginxCertificates.lineage(Domain.parse(domain)))
                .resolve("fullchain.pem");
    }

    @Override
    public void issue(CertificateOrder order) {
        var issuer = order.issuer().orElse(new Issuer.Acme(options.directory(), order.email(), Optional.empty()));
        var command = command(order, issuer);
        if (issuer.directory().equals(Issuer.LETS_ENCRYPT) && Files.notExists(file(order.domain()))) {
            // There it costs nothing to be wrong: the real authority lets nobody fail often.
            var rehearsal = new ArrayList<>(command);
            rehearsal.add("--dry-run");
            run(order, rehearsal);
        }
        run(order, command);
        if (Files.notExists(file(order.domain()))) {
            throw new EngineException(
                    Problem.REFUSED, "certbot was content, but " + file(order.domain()) + " is not there");
        }
    }

    private List<String> command(CertificateOrder order, Issuer.Acme issuer) {
        var lineage = NginxCertificates.lineage(Domain.parse(order.domain()));
        var command = new ArrayList<>(List.of(options.program(), "certonly", "--non-interactive", "--agree-tos"));
        command.addAll(List.of("--cert-name", lineage, "-d", order.domain(), "--force-renewal"));
        command.add("--server=" + issuer.directory());
        command.add("--config-dir=" + options.certificates().getParent());
        command.add("--work-dir=" + options.work());
        command.add("--logs-dir=" + options.work().resolve("logs"));
        order.email()
                .or(options::email)
                .ifPresentOrElse(
                        email -> command.addAll(List.of("--email=" + email, "--no-eff-email")),
                        () -> command.add("--register-unsafely-without-email"));
        if (issuer.dns().isPresent()) {
            command.addAll(List.of("--dns-cloudflare", "--dns-cloudflare-credentials=" + credentials(lineage, issuer)));
        } else {
            command.addAll(List.of("--webroot", "--webroot-path=" + options.challenges()));
        }
        return command;
    }

    /** A token is never an argument: everybody on the machine sees those. The file stays, for renewals by certbot's own timer. */
    private Path credentials(String lineage, Issuer.Acme issuer) {
        var dns = issuer.dns().orElseThrow();
        if (!dns.provider().equals("cloudflare")) {
            throw new EngineException(
                    Problem.REFUSED, "records of '" + Shown.of(dns.provider()) + "' by certbot (expected: cloudflare)");
        }
        var file = options.certificates().resolveSibling("rookery-dns").resolve(lineage + ".ini");
        var text = "dns_cloudflare_api_token = " + options.secrets().apply(dns.token()) + "\n";
        try {
            DurableFiles.createDirectories(file.resolveSibling("."));
            DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
        } catch (IOException e) {
            throw new EngineException(Problem.UNAVAILABLE, file + " cannot be written", e);
        }
        return file;
    }

    private void run(CertificateOrder order, List<String> command) {
        var environment = options.trust()
                .map(file -> Map.of("REQUESTS_CA_BUNDLE", file.toString()))
                .orElseGet(Map::of);
        Program.Said said;
        try {
            Files.createDirectories(options.challenges());
            said = Program.run(command, environment, options.timeout());
        } catch (EngineException e) {
            if (e.getCause() instanceof IOException) {
                throw new EngineException(
                        Problem.UNAVAILABLE,
                        options.program() + " cannot be run (expected: installed; Debian's package is certbot)",
                        e);
            }
            throw e;
        } catch (IOException e) {
            throw new EngineException(Problem.UNAVAILABLE, options.challenges() + " cannot be made", e);
        }
        if (said.code() != 0) {
            throw failure(order, said.text());
        }
    }

    private static EngineException failure(CertificateOrder order, String text) {
        if (text.contains("dns-cloudflare plugin does not appear") || text.contains("unrecognized arguments: --dns")) {
            return new EngineException(
                    Problem.UNAVAILABLE,
                    "certbot has no plugin for Cloudflare (expected: Debian's package python3-certbot-dns-cloudflare)");
        }
        if (text.contains("Another instance of Certbot is already running")) {
            return new EngineException(Problem.UNAVAILABLE, "another certbot is at work (expected: one at a time)");
        }
        return new EngineException(
                Problem.REFUSED, "no certificate for '" + order.domain() + "': " + Shown.of(told(text), SAID_MAX));
    }

    /** Certbot says much; what the authority has found is what helps. */
    private static String told(String text) {
        var lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && !line.startsWith("Saving debug log")
                        && !line.startsWith("Ask for help")
                        && !line.startsWith("Hint:"))
                .toList();
        var details = lines.stream()
                .filter(line -> line.startsWith("Detail:"))
                .map(line -> line.substring("Detail:".length()).strip())
                .collect(Collectors.joining("; "));
        return details.isEmpty()
                ? String.join(" ", lines.subList(Math.max(0, lines.size() - LINES_MAX), lines.size()))
                : details;
    }

    static String secret(SecretRef secret) {
        return Secrets.read(secret);
    }
}
