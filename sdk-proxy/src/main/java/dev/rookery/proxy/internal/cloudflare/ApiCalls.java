package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.ApiToken;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.cloudflare.DnsRecord;
import dev.rookery.proxy.cloudflare.RecordBatch;
import dev.rookery.proxy.cloudflare.Tunnel;
import dev.rookery.proxy.cloudflare.TunnelConfig;
import dev.rookery.proxy.cloudflare.TunnelConnector;
import dev.rookery.proxy.cloudflare.Zone;
import dev.rookery.proxy.internal.cloudflare.ApiCall.Scope;
import dev.rookery.proxy.internal.json.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The calls that are made, with their paths and bodies. Source: proxy.md §4.3. Thread-safe. */
public final class ApiCalls {

    private static final String DNS = "dns_records";
    private static final String TUNNEL = "cfd_tunnel";
    private static final String CONFIGURATIONS = "configurations";
    private static final int RECORDS_PER_PAGE = 1000;
    private static final int PER_PAGE = 50;

    private final CloudflareHttp http;
    private final Pages pages;

    /** Creates the calls. */
    public ApiCalls(CloudflareHttp http) {
        this.http = http;
        this.pages = new Pages(http);
    }

    /** Asks for the token, as a user's and then as the account's. */
    public ApiToken verifyToken(String accountId) {
        try {
            return token(ApiCall.get(Scope.NONE, "user", "tokens", "verify"));
        } catch (CloudflareException e) {
            if (e.kind() != CloudflareException.Kind.TOKEN && e.kind() != CloudflareException.Kind.SCOPE) {
                throw e;
            }
            return token(ApiCall.get(Scope.NONE, "accounts", accountId, "tokens", "verify"));
        }
    }

    /** Lists zones. */
    public List<Zone> zones(String accountId) {
        var list = ApiCall.get(Scope.ZONES, "zones").with("account.id", accountId);
        return pages.all(list, PER_PAGE).stream()
                .map(zone -> new Zone(zone.textOr("id", ""), name(zone), zone.textOr("status", "")))
                .toList();
    }

    /** Lists records. */
    public List<DnsRecord.Stored> records(String zoneId) {
        return pages.all(ApiCall.get(Scope.DNS, "zones", zoneId, DNS), RECORDS_PER_PAGE).stream()
                .map(ApiCalls::stored)
                .toList();
    }

    /** Makes a record. */
    public DnsRecord.Stored createRecord(String zoneId, DnsRecord record) {
        return stored(http.exchange(ApiCall.send(Scope.DNS, "POST", body(record).json(), "zones", zoneId, DNS))
                .at("result"));
    }

    /** Replaces a record. */
    public DnsRecord.Stored replaceRecord(String zoneId, String id, DnsRecord record) {
        return stored(http.exchange(ApiCall.send(Scope.DNS, "PUT", body(record).json(), "zones", zoneId, DNS, id))
                .at("result"));
    }

    /** Removes a record. */
    public void deleteRecord(String zoneId, String id) {
        gone(ApiCall.delete(Scope.DNS, "zones", zoneId, DNS, id));
    }

    /** Does changes together. */
    public void batch(String zoneId, RecordBatch batch) {
        var body = new Tree()
                .putSome(
                        "deletes",
                        batch.deletes().stream().map(id -> Tree.of("id", id)).toList())
                .putSome(
                        "puts",
                        batch.replacements().stream()
                                .map(change -> body(change.record()).put("id", change.id()))
                                .toList())
                .putSome("posts", batch.creations().stream().map(ApiCalls::body).toList());
        http.exchange(ApiCall.send(Scope.DNS, "POST", body.json(), "zones", zoneId, DNS, "batch"));
    }

    /** Lists tunnels. */
    public List<Tunnel> tunnels(String accountId) {
        return tunnels(ApiCall.get(Scope.TUNNELS, "accounts", accountId, TUNNEL));
    }

    /** Finds a tunnel; the filter of the API is not trusted to be exact. */
    public Optional<Tunnel> findTunnel(String accountId, String name) {
        return tunnels(ApiCall.get(Scope.TUNNELS, "accounts", accountId, TUNNEL).with("name", name)).stream()
                .filter(tunnel -> tunnel.name().equals(name))
                .findFirst();
    }

    /** Returns a tunnel. */
    public Tunnel tunnel(String accountId, String id) {
        return tunnel(http.exchange(ApiCall.get(Scope.TUNNELS, "accounts", accountId, TUNNEL, id))
                .at("result"));
    }

    /** Makes a tunnel. */
    public Tunnel createTunnel(String accountId, String name) {
        var body = Tree.of("name", name).put("config_src", "cloudflare");
        return tunnel(http.exchange(ApiCall.send(Scope.TUNNELS, "POST", body.json(), "accounts", accountId, TUNNEL))
                .at("result"));
    }

    /** Removes a tunnel. */
    public void deleteTunnel(String accountId, String id) {
        gone(ApiCall.delete(Scope.TUNNELS, "accounts", accountId, TUNNEL, id));
    }

    /** Returns the secret of a tunnel. */
    public String connectorToken(String accountId, String id) {
        return http.exchange(ApiCall.get(Scope.TUNNELS, "accounts", accountId, TUNNEL, id, "token"))
                .textOr("result", "");
    }

    /** Lists connectors. */
    public List<TunnelConnector> connectors(String accountId, String id) {
        return http
                .exchange(ApiCall.get(Scope.TUNNELS, "accounts", accountId, TUNNEL, id, "connections"))
                .all("result")
                .stream()
                .map(one -> new TunnelConnector(
                        one.textOr("id", ""), http.clean(one.textOr("version", "")), one.number("config_version")))
                .toList();
    }

    /** Returns a configuration. */
    public TunnelConfig config(String accountId, String id) {
        return config(http.exchange(ApiCall.get(Scope.TUNNELS, "accounts", accountId, TUNNEL, id, CONFIGURATIONS)));
    }

    /** Replaces a configuration. */
    public TunnelConfig replaceConfig(String accountId, String id, Json.Obj config) {
        var body = new Tree().put("config", config).json();
        return config(http.exchange(
                ApiCall.send(Scope.TUNNELS, "PUT", body, "accounts", accountId, TUNNEL, id, CONFIGURATIONS)));
    }

    private void gone(ApiCall call) {
        try {
            http.exchange(call);
        } catch (CloudflareException e) {
            if (e.kind() != CloudflareException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private List<Tunnel> tunnels(ApiCall list) {
        return pages.all(list.with("is_deleted", "false"), PER_PAGE).stream()
                // A filter that an answer does not follow must not bring back what was deleted.
                .filter(tunnel -> tunnel.text("deleted_at").isEmpty())
                .map(ApiCalls::tunnel)
                .toList();
    }

    private ApiToken token(ApiCall call) {
        var result = http.exchange(call).at("result");
        return new ApiToken(result.textOr("id", ""), result.textOr("status", ""));
    }

    private static TunnelConfig config(Answer answer) {
        var result = answer.at("result");
        return new TunnelConfig(
                result.number("version").orElse(0),
                result.members().get("config") instanceof Json.Obj config ? config : new Json.Obj(Map.of()));
    }

    private static Tunnel tunnel(Answer tunnel) {
        boolean local = tunnel.textOr("config_src", "").equals("local")
                || (tunnel.text("config_src").isEmpty()
                        && tunnel.members().containsKey("remote_config")
                        && !tunnel.is("remote_config"));
        return new Tunnel(tunnel.textOr("id", ""), tunnel.textOr("name", ""), tunnel.textOr("status", ""), !local);
    }

    private static DnsRecord.Stored stored(Answer record) {
        return new DnsRecord.Stored(
                record.textOr("id", ""),
                new DnsRecord(
                        record.textOr("type", ""),
                        name(record),
                        record.textOr("content", ""),
                        record.is("proxied"),
                        record.textOr("comment", "")));
    }

    private static String name(Answer named) {
        return named.textOr("name", "").toLowerCase(Locale.ROOT);
    }

    private static Tree body(DnsRecord record) {
        // 1 is Cloudflare's "automatic".
        return Tree.of("type", record.type())
                .put("name", record.name())
                .put("content", record.content())
                .put("proxied", record.proxied())
                .put("ttl", 1)
                .put("comment", record.comment());
    }
}
