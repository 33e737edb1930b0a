package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.Redactor;
import dev.rookery.wings.CertificatePin;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Asks a panel for a node's configuration document. */
public final class EnrolmentCall {

    private static final Endpoint CONFIGURATION = Endpoint.get("/api/application/nodes/{id}/configuration");
    private static final String CERTIFICATE = "X-Rookery-Certificate-Sha256";
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long ANSWER_BYTES_MAX = 1024 * 1024;

    private EnrolmentCall() {}

    /** Makes the call. */
    public static NodeConfigurationPatch fetch(
            OkHttpClient client,
            HttpUrl panel,
            NodeId node,
            String key,
            Optional<CertificatePin> certificate,
            CallOptions options) {
        if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new InvalidInputException("key (expected: printable ASCII without blanks)");
        }
        var building =
                new Headers.Builder().add("Authorization", "Bearer " + key).add("Accept", "application/json");
        certificate.ifPresent(own -> building.add(CERTIFICATE, own.sha256()));
        var headers = building.build();
        var transport = new HttpTransport(
                client,
                DEADLINE,
                () -> headers,
                new Failures("panel " + BaseUrl.show(panel), Redactor.of(key)),
                new HttpTransport.Retries(Backoff.REMOTE, Duration.ZERO, endpoint -> false, status -> false),
                ANSWER_BYTES_MAX);
        var url = CONFIGURATION.url(panel, node.toString()).build();
        return transport
                .exchange(RemoteCall.of(CONFIGURATION, url, DEADLINE), options)
                .json(NodeConfigurationPatch.class);
    }
}
