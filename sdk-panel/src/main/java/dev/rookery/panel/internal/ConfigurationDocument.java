package dev.rookery.panel.internal;

import dev.rookery.api.Patch;
import dev.rookery.api.config.ApiPatch;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.config.SftpPatch;
import dev.rookery.api.config.SslPatch;
import dev.rookery.api.config.SystemPatch;
import dev.rookery.panel.spi.NodeRecord;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** What a node is configured with. Source: panel remote API §8. */
public final class ConfigurationDocument {

    private static final int DEFAULT_PORT = 8080;
    private static final int HTTPS_PORT = 443;
    private static final int SFTP_PORT = 2022;
    private static final long UPLOAD_LIMIT_MEBIBYTES = 256L;
    private static final String DATA = "/var/lib/pelican/volumes";

    private ConfigurationDocument() {}

    /**
     * Returns the document. Of the node's URL: the port is where the daemon listens. {@code https} without a port means that a
     * proxy does TLS in front of it, so the daemon gets plain HTTP on 8080; with a port, or with a certificate of its own, it does
     * TLS itself. On a loopback address it listens only there.
     */
    public static NodeConfigurationPatch of(NodeRecord node, URI panelUrl) {
        var url = node.url();
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        boolean own = https && node.certificate().isPresent();
        boolean tls = own || (https && url.getPort() > 0);
        int unsaid = own ? HTTPS_PORT : DEFAULT_PORT;
        var certificates = "/etc/letsencrypt/live/" + url.getHost().toLowerCase(Locale.ROOT);
        var api = ApiPatch.builder()
                .host(Patch.of(loopback(url.getHost()) ? url.getHost() : "0.0.0.0"))
                .port(Patch.of(url.getPort() > 0 ? url.getPort() : unsaid))
                .ssl(new SslPatch(
                        Patch.of(tls),
                        Patch.of(certificates + "/fullchain.pem"),
                        Patch.of(certificates + "/privkey.pem")))
                .uploadLimitMebibytes(Patch.of(UPLOAD_LIMIT_MEBIBYTES))
                .build();
        return NodeConfigurationPatch.builder()
                .debug(Patch.of(false))
                .uuid(Patch.of(node.uuid().toString()))
                .tokenId(Patch.of(node.credentials().tokenId()))
                .token(Patch.of(node.credentials().token()))
                .api(api)
                .system(new SystemPatch(
                        Patch.of(DATA),
                        SftpPatch.builder().bindPort(Patch.of(SFTP_PORT)).build()))
                .allowedMounts(Patch.of(List.of()))
                .remote(Patch.of(URI.create(withoutSlash(panelUrl.toString()))))
                .build();
    }

    private static boolean loopback(String host) {
        if (!host.matches("[0-9.]+")) {
            return false; // a name is not looked up: it may mean another address on the node
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
