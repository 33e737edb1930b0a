package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.internal.cloudflare.ApiCalls;
import java.util.List;

/**
 * Typed calls to Cloudflare's API. Calls block; each is bounded in time, paced, and repeated only where that is harmless. Every failure is a {@link
 * CloudflareException}. Thread-safe.
 */
public final class CloudflareApi {

    private final ApiCalls calls;

    CloudflareApi(ApiCalls calls) {
        this.calls = calls;
    }

    /**
     * Returns a builder.
     *
     * @param token with the permissions Account › Cloudflare Tunnel › Edit, Zone › DNS › Edit and Zone › Zone › Read, limited to the account and the zones
     *     that are used; never the global key
     */
    public static CloudflareApiBuilder builder(String token) {
        return new CloudflareApiBuilder(token);
    }

    /**
     * Asks whether the token can be used.
     *
     * @param accountId whose token it may be, if it is no user's
     */
    public ApiToken verifyToken(String accountId) {
        return calls.verifyToken(requireNonNull(accountId, "accountId"));
    }

    /** Returns the zones of an account that the token may see, also those that are not active. */
    public List<Zone> zones(String accountId) {
        return calls.zones(requireNonNull(accountId, "accountId"));
    }

    /** Returns the calls about the records of a zone. Asks nothing. */
    public DnsRecords records(String zoneId) {
        return new DnsRecords(calls, requireNonNull(zoneId, "zoneId"));
    }

    /** Returns the calls about the tunnels of an account. Asks nothing. */
    public Tunnels tunnels(String accountId) {
        return new Tunnels(calls, requireNonNull(accountId, "accountId"));
    }
}
