package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.wings.internal.BaseUrl;
import dev.rookery.wings.internal.EnrolmentCall;
import java.net.URI;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Fetches what a new node has to know. Source: panel remote API §8. */
public final class PanelEnrolment {

    private PanelEnrolment() {}

    /**
     * Fetches the configuration document of a node. Asked once, never repeated: a key of our panels is used up by the first answer,
     * and a key that is used up or wrong throws {@link dev.rookery.api.DeniedException}.
     *
     * @param client whose connections are used
     * @param panelUrl the panel's URL
     * @param node which node of the panel
     * @param key a one-time key of our panels, or an application key of others that may read nodes
     * @param options bounds the call; 30 s without a deadline
     * @return what the panel says, with the node's secret in it; members that nobody knows are kept
     */
    public static NodeConfigurationPatch fetch(
            OkHttpClient client, URI panelUrl, NodeId node, String key, CallOptions options) {
        return fetch(client, panelUrl, node, key, Optional.empty(), options);
    }

    /**
     * Fetches the document for a node that has made its certificate itself, and tells the panel to trust that one from now on. Panels
     * other than Rookery's ignore it.
     *
     * @param certificate the node's; of kind {@link CertificatePin.Kind#CERTIFICATE}
     * @throws dev.rookery.api.ConflictException if the panel reaches the node without TLS; the key is not used up then
     * @see #fetch(OkHttpClient, URI, NodeId, String, CallOptions)
     */
    public static NodeConfigurationPatch fetch(
            OkHttpClient client,
            URI panelUrl,
            NodeId node,
            String key,
            Optional<CertificatePin> certificate,
            CallOptions options) {
        requireNonNull(node, "node");
        if (certificate
                .map(CertificatePin::kind)
                .filter(kind -> kind != CertificatePin.Kind.CERTIFICATE)
                .isPresent()) {
            throw new InvalidInputException("certificate: the pin of a public key (expected: that of a certificate)");
        }
        return EnrolmentCall.fetch(
                requireNonNull(client, "client"),
                BaseUrl.read(requireNonNull(panelUrl, "panelUrl")),
                node,
                requireNonNull(key, "key"),
                certificate,
                requireNonNull(options, "options"));
    }
}
