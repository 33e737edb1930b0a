package dev.rookery.proxy.internal.caddy;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.internal.json.Tree;
import java.util.List;

/**
 * What one version of Caddy calls things: 2.6 lacks much of what 2.8 has. Source: proxy specification §2.1, both versions by trial.
 *
 * @param modern whether it is 2.8 or newer
 */
record CaddyForm(boolean modern) {

    static CaddyForm of(EngineFeatures engine) {
        return new CaddyForm(engine.atLeast(2, 8));
    }

    /** Returns what stands for the client's address. */
    String clientIp() {
        return modern ? "{http.vars.client_ip}" : "{http.request.remote.host}";
    }

    /**
     * Returns the matcher of addresses.
     *
     * @param peer whether that of the connection counts
     */
    Tree addresses(List<String> ranges, boolean peer) {
        return new Tree().put(modern && !peer ? "client_ip" : "remote_ip", new Tree().put("ranges", ranges));
    }

    /** Names those whose word about clients is taken; newer versions are told once, for all that passes requests on. */
    void trust(Tree passing, List<String> networks) {
        if (!modern && !networks.isEmpty()) {
            passing.put("trusted_proxies", networks);
        }
    }
}
