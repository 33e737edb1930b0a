package dev.rookery.panel.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.panel.spi.NodeRecord;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** What a node is configured with. Source: panel remote API §8. */
public final class ConfigurationDocument {

    private static final int DEFAULT_PORT = 8080;
    private static final int SFTP_PORT = 2022;
    private static final int UPLOAD_LIMIT_MEBIBYTES = 256;
    private static final String DATA = "/var/lib/pelican/volumes";

    private ConfigurationDocument() {}

    private record Document(
            @JsonProperty("debug") boolean debug,
            @JsonProperty("uuid") String uuid,
            @JsonProperty("token_id") String tokenId,
            @JsonProperty("token") String token,
            @JsonProperty("api") Api api,
            @JsonProperty("system") SystemPart system,
            @JsonProperty("allowed_mounts") List<String> allowedMounts,
            @JsonProperty("remote") String remote) {}

    private record Api(
            @JsonProperty("host") String host,
            @JsonProperty("port") int port,
            @JsonProperty("ssl") Ssl ssl,
            @JsonProperty("upload_limit") int uploadLimit) {}

    private record Ssl(
            @JsonProperty("enabled") boolean enabled,
            @JsonProperty("cert") String cert,
            @JsonProperty("key") String key) {}

    private record SystemPart(
            @JsonProperty("data") String data,
            @JsonProperty("sftp") Sftp sftp) {}

    private record Sftp(@JsonProperty("bind_port") int bindPort) {}

    /**
     * Returns the document. Of the node's URL: the port is where the daemon listens. {@code https} without a port means that a
     * proxy does TLS in front of it, so the daemon gets plain HTTP on 8080; with a port it does TLS itself. On a loopback address
     * it listens only there.
     */
    public static String of(NodeRecord node, URI panelUrl) {
        var url = node.url();
        boolean port = url.getPort() > 0;
        boolean tls = port && "https".equalsIgnoreCase(url.getScheme());
        var certificates = "/etc/letsencrypt/live/" + url.getHost().toLowerCase(Locale.ROOT);
        var api = new Api(
                loopback(url.getHost()) ? url.getHost() : "0.0.0.0",
                port ? url.getPort() : DEFAULT_PORT,
                new Ssl(tls, certificates + "/fullchain.pem", certificates + "/privkey.pem"),
                UPLOAD_LIMIT_MEBIBYTES);
        return WireJson.writeText(new Document(
                false,
                node.uuid().toString(),
                node.credentials().tokenId(),
                node.credentials().token(),
                api,
                new SystemPart(DATA, new Sftp(SFTP_PORT)),
                List.of(),
                withoutSlash(panelUrl.toString())));
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
