package dev.rookery.proxy.internal.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.proxy.cloudflare.DnsRecord;
import dev.rookery.proxy.route.Exposure;
import java.util.regex.Pattern;

/**
 * A name that is to be reached by Cloudflare.
 *
 * @param host in lower case, perhaps with {@code *.}
 * @param exposure by the tunnel to the proxy, by the tunnel past it, or by its record alone
 * @param target the service that the tunnel leads to, or the address or name of the record
 */
public record WantedHost(
        @JsonProperty("host") String host,
        @JsonProperty("exposure") Exposure exposure,
        @JsonProperty("target") String target) {

    private static final Pattern V4 = Pattern.compile("[0-9.]+");

    boolean tunnelled() {
        return exposure != Exposure.DIRECT_DNS;
    }

    boolean wildcard() {
        return host.startsWith("*.");
    }

    /** Returns whether cloudflared takes the wildcard for another name, too: it stands for every depth. */
    boolean swallows(WantedHost other) {
        return wildcard() && !other.host.equals(host) && other.host.endsWith(host.substring(1));
    }

    /** Returns its record. */
    DnsRecord record(String tunnelTarget, String mark) {
        if (tunnelled()) {
            return new DnsRecord("CNAME", host, tunnelTarget, true, mark);
        }
        var type = V4.matcher(target).matches() ? "A" : target.contains(":") ? "AAAA" : "CNAME";
        return new DnsRecord(type, host, target, false, mark);
    }
}
