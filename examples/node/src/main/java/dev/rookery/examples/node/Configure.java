package dev.rookery.examples.node;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.NodeCertificate;
import dev.rookery.daemon.config.ConfigFile;
import dev.rookery.daemon.config.ConfigWriter;
import dev.rookery.wings.CertificatePin;
import dev.rookery.wings.PanelEnrolment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fetches a node's configuration from its panel and writes it. */
@Command(
        name = "configure",
        description = "Fetches this node's configuration from its panel and writes it to a file.",
        mixinStandardHelpOptions = true)
final class Configure implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-p", "--panel-url"},
            required = true,
            paramLabel = "URL",
            description = "The panel, such as https://panel.example.com.")
    private URI panelUrl;

    @Option(
            names = {"-t", "--token"},
            required = true,
            paramLabel = "KEY",
            description = "The key that the panel shows for this node; ours are good for one use.")
    private String key;

    @Option(
            names = {"-n", "--node"},
            required = true,
            paramLabel = "ID",
            description = "The node's number in the panel.")
    private int node;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "/etc/pelican/config.yml",
            description = "The file to write (default: ${DEFAULT-VALUE}).")
    private Path config;

    @Option(names = "--override", description = "Change the file if there is one.")
    private boolean override;

    @Option(
            names = "--self-signed",
            description =
                    "Do TLS with a certificate that the node makes itself and the panel trusts from now on, for nodes without"
                            + " a domain; the node's URL in the panel begins with https.")
    private boolean selfSigned;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a key of the file, such as api.port=8180. May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        if (Files.exists(config) && !override) {
            throw new Failure.Complaint(config + " is there already (to change it: --override)");
        }
        if (selfSigned) {
            overrides.put("api.ssl.enabled", "true");
            overrides.put("api.ssl.self_signed", "true");
        }
        var certificate =
                certificate(ConfigWriter.check(config, panelUrl, overrides).options());
        var written = ConfigWriter.write(config, patch(certificate), panelUrl, overrides);
        var out = spec.commandLine().getOut();
        out.println("wrote " + config);
        certificate.ifPresent(
                own -> out.println("the panel has been told this node's certificate, SHA-256 " + own.sha256()));
        if (!written.unusedKeys().isEmpty()) {
            out.println("without effect: "
                    + written.unusedKeys().stream()
                            .map(ConfigFile.UnusedKey::key)
                            .collect(Collectors.joining(", ")));
        }
        return 0;
    }

    private Optional<CertificatePin> certificate(DaemonOptions options) throws IOException {
        return options.api().filter(ApiOptions::selfSigned).isPresent()
                ? Optional.of(CertificatePin.certificate(
                        NodeCertificate.of(options, Clock.systemUTC()).sha256()))
                : Optional.empty();
    }

    private NodeConfigurationPatch patch(Optional<CertificatePin> certificate) {
        var client = new OkHttpClient();
        try {
            return PanelEnrolment.fetch(
                    client, panelUrl, new NodeId(node), key, certificate, CallOptions.deadline(TIMEOUT));
        } catch (DeniedException e) {
            throw new Failure.Complaint(
                    "the panel did not accept the key: it is wrong, expired or used up (make a new one in the panel)",
                    e);
        } catch (ConflictException e) {
            throw new Failure.Complaint(String.valueOf(e.getMessage()), e);
        } catch (NotFoundException e) {
            throw new Failure.Complaint("the panel " + panelUrl + " knows no node " + node, e);
        } catch (UnavailableException | DeadlineException e) {
            throw new Failure.Complaint("the panel " + panelUrl + " cannot be reached: " + e.getMessage(), e);
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }
}
