package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.List;
import org.immutables.value.Value;

/**
 * Downloads of servers from other hosts. Source: node API §6.1.
 *
 * @param disabled whether servers may not download from other hosts; default {@code false}
 * @param maxRedirects how many redirects a download follows; default {@code 10}
 * @param serverLimit how many downloads a server may run at once; default {@code 3}
 * @param blockedCidrs networks that downloads may not reach; default {@code 127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, ::1/128, fe80::/10, fc00::/7}
 */
@Value.Builder
public record RemoteDownloadConfiguration(
        @Key("disable_remote_download") boolean disabled,
        @Key("remote_download.max_redirects") int maxRedirects,
        @Key("server_remote_download_limit") int serverLimit,
        @Key("remote_download_blocked_cidrs") List<String> blockedCidrs) {

    /** Copies the collections. */
    public RemoteDownloadConfiguration {
        blockedCidrs = List.copyOf(blockedCidrs);
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static RemoteDownloadConfigurationBuilder builder() {
        return new RemoteDownloadConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).api().downloads());
    }
}
