package dev.rookery.wings.calagopus;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A new program for the daemon. Source: node API §2.10.2.
 *
 * @param url where it is
 * @param headers to send when it is fetched; may hold secrets
 * @param sha256 its checksum in hexadecimal digits
 * @param restartCommand what to run once it is there
 * @param restartArguments its arguments
 */
public record DaemonUpgrade(
        URI url, Map<String, String> headers, String sha256, String restartCommand, List<String> restartArguments) {

    /** Checks its arguments. */
    public DaemonUpgrade {
        requireNonNull(url, "url");
        requireNonNull(sha256, "sha256");
        requireNonNull(restartCommand, "restartCommand");
        headers = Map.copyOf(headers);
        restartArguments = List.copyOf(restartArguments);
    }

    /** The headers are not shown. */
    @Override
    public String toString() {
        return "DaemonUpgrade[" + url + ", sha256=" + sha256 + "]";
    }
}
