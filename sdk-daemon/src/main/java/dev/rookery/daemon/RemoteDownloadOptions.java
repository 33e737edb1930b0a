package dev.rookery.daemon;

import dev.rookery.kit.net.AddressBlock;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Files that servers have the node fetch from elsewhere. Addresses that are not part of the public Internet are never reached, see {@code
 * docs/security.md}.
 *
 * @param disabled whether nothing is fetched at all; default false
 * @param maxRedirects how many redirects a download follows; default 10
 * @param perServer how many files of a server are fetched at a time; default 3
 * @param blockedNetworks networks that are not reached though they are public, such as {@code 192.0.2.0/24}; default none
 * @param allowedNetworks networks that are reached though they are not public, such as that of a mirror; default none
 * @param connectTimeout how long a connection may take to be made; default 10 s
 * @param stallTimeout how long nothing, or next to nothing, may come; default 30 s
 * @param timeout how long a download may take in all; default 12 h
 * @param unknownLengthMebibytes how long a file may become whose length the other side does not tell; default 10,240
 */
@Value.Builder
public record RemoteDownloadOptions(
        boolean disabled,
        int maxRedirects,
        int perServer,
        List<String> blockedNetworks,
        List<String> allowedNetworks,
        Duration connectTimeout,
        Duration stallTimeout,
        Duration timeout,
        int unknownLengthMebibytes) {

    /** Checks every value. */
    public RemoteDownloadOptions {
        Checks.range(0, maxRedirects, 100, "api.remote_download.max_redirects");
        Checks.range(1, perServer, 100, "api.server_remote_download_limit");
        blockedNetworks = List.copyOf(blockedNetworks);
        blockedNetworks.forEach(AddressBlock::parse);
        allowedNetworks = List.copyOf(allowedNetworks);
        allowedNetworks.forEach(AddressBlock::parse);
        Checks.positive(connectTimeout, "downloads.connectTimeout");
        Checks.positive(stallTimeout, "downloads.stallTimeout");
        Checks.positive(timeout, "downloads.timeout");
        Checks.range(1, unknownLengthMebibytes, Integer.MAX_VALUE, "downloads.unknownLengthMebibytes");
    }

    /** Returns a builder with every default. */
    public static RemoteDownloadOptionsBuilder builder() {
        return new RemoteDownloadOptionsBuilder()
                .disabled(false)
                .maxRedirects(10)
                .perServer(3)
                .connectTimeout(Duration.ofSeconds(10))
                .stallTimeout(Duration.ofSeconds(30))
                .timeout(Duration.ofHours(12))
                .unknownLengthMebibytes(10_240);
    }
}
