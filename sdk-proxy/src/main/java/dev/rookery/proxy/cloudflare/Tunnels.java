package dev.rookery.proxy.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.cloudflare.ApiCalls;
import java.util.List;
import java.util.Optional;

/** Calls about the tunnels of one account. Thread-safe. */
public final class Tunnels {

    private final ApiCalls calls;
    private final String accountId;

    Tunnels(ApiCalls calls, String accountId) {
        this.calls = calls;
        this.accountId = accountId;
    }

    /** Returns all tunnels that were not deleted. */
    public List<Tunnel> list() {
        return calls.tunnels(accountId);
    }

    /** Returns the tunnel of this name, if there is one. */
    public Optional<Tunnel> find(String name) {
        return calls.findTunnel(accountId, name);
    }

    /** Returns a tunnel. */
    public Tunnel get(String id) {
        return calls.tunnel(accountId, id);
    }

    /** Makes a tunnel whose rules Cloudflare keeps. Not repeated by itself. */
    public Tunnel create(String name) {
        return calls.createTunnel(accountId, name);
    }

    /** Removes a tunnel that nothing is connected to. */
    public void delete(String id) {
        calls.deleteTunnel(accountId, id);
    }

    /** Returns the secret by which a connector runs the tunnel: whoever has it can do so. */
    public String connectorToken(String id) {
        return calls.connectorToken(accountId, id);
    }

    /** Returns the programs that are connected. */
    public List<TunnelConnector> connectors(String id) {
        return calls.connectors(accountId, id);
    }

    /** Returns the configuration. */
    public TunnelConfig config(String id) {
        return calls.config(accountId, id);
    }

    /** Replaces the whole configuration, whoever wrote it. */
    public TunnelConfig replaceConfig(String id, Json.Obj config) {
        return calls.replaceConfig(accountId, id, config);
    }
}
