package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * An account of Cloudflare, a tunnel of it, and what may be done to it.
 *
 * @param id by which routes choose it
 * @param accountId the account's
 * @param tunnelId the tunnel's; empty finds or makes one by its name
 * @param tunnelName the tunnel's name
 * @param token for the API
 * @param proxyUrl the listener of the proxy that the tunnel leads to; no slash at its end
 * @param exclusive whether all of the tunnel's rules are ours; if not, foreign ones stay
 * @param dns what may be done to records
 * @param deleteGrace how long a record stays that nobody wants any more
 */
@Value.Builder
public record CloudflareBinding(
        @JsonProperty("id") String id,
        @JsonProperty("accountId") String accountId,
        @JsonProperty("tunnelId") Optional<String> tunnelId,
        @JsonProperty("tunnelName") String tunnelName,
        @JsonProperty("token") SecretRef token,
        @JsonProperty("proxyUrl") String proxyUrl,
        @JsonProperty("exclusive") boolean exclusive,
        @JsonProperty("dns") DnsOwnership dns,
        @JsonProperty("deleteGrace") Duration deleteGrace) {

    /** Puts in what is left out. */
    public CloudflareBinding {
        requireNonNull(id, "id");
        requireNonNull(accountId, "accountId");
        tunnelId = Values.optional(tunnelId);
        tunnelName = tunnelName == null ? "rookery-" + id : tunnelName;
        requireNonNull(token, "token");
        proxyUrl = proxyUrl == null ? "http://caddy:80" : proxyUrl;
        dns = dns == null ? DnsOwnership.OWNED : dns;
        deleteGrace = deleteGrace == null ? Duration.ofHours(1) : deleteGrace;
    }

    /** Returns a builder; id, account and token are to be set. */
    public static CloudflareBindingBuilder builder(String id, String accountId, SecretRef token) {
        return new CloudflareBindingBuilder()
                .id(id)
                .accountId(accountId)
                .token(token)
                .tunnelName("rookery-" + id)
                .proxyUrl("http://caddy:80")
                .exclusive(false)
                .dns(DnsOwnership.OWNED)
                .deleteGrace(Duration.ofHours(1));
    }

    /** What may be done to records. */
    public enum DnsOwnership {
        /** Only those that bear our mark are changed. */
        @JsonProperty("owned")
        OWNED,
        /** Those that are as they should be get our mark, too. */
        @JsonProperty("adopt-equal")
        ADOPT_EQUAL,
        /** Nothing is changed, only said. */
        @JsonProperty("report-only")
        REPORT_ONLY
    }
}
