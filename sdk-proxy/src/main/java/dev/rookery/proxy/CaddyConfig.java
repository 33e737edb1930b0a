package dev.rookery.proxy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.internal.caddy.CaddyDocument;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.route.ProxyDocument;

/**
 * Caddy's configuration of a document. The same document gives the same bytes, so that "nothing has changed" can be seen. Immutable. Source: proxy
 * specification §2.
 */
public final class CaddyConfig {

    /** The host that probes ask for; no name of a route can be it. */
    public static final String PROBE_HOST = "probe.rookery.invalid";

    /** The header in which the proxy says which revision it runs. */
    public static final String REVISION_HEADER = "X-Rookery-Revision";

    private final Json json;

    private CaddyConfig(Json json) {
        this.json = json;
    }

    /**
     * Makes the configuration. Nobody is asked and nothing is read.
     *
     * @throws InvalidInputException if the document has an error; the message is the first one
     */
    public static CaddyConfig of(ProxyDocument document, EngineFeatures engine, CaddyOptions options) {
        RouteCheck.requireNoError(document, engine);
        return new CaddyConfig(CaddyDocument.of(document, engine, options));
    }

    /** Returns it as a value. */
    public Json json() {
        return json;
    }

    /** Returns it as Caddy reads it: JSON without blanks, members in order of their names. */
    public byte[] bytes() {
        return ProxyJson.canonical(json);
    }
}
