package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.proxy.PanelProxy;
import dev.rookery.proxy.ProxyService;
import java.util.Optional;

/** The panel's proxy, for those routes that need one. */
final class ProxyAccess {

    private final Optional<PanelProxy> proxy;

    ProxyAccess(Optional<PanelProxy> proxy) {
        this.proxy = proxy;
    }

    Optional<PanelProxy> find() {
        return proxy;
    }

    /** Returns the proxy, or says how to get one. */
    PanelProxy require() {
        return proxy.orElseThrow(() -> new ApiError(
                409,
                "proxy_off",
                "This panel has no proxy. Start it with --proxy caddy, caddy-file or nginx; see docs/guide/proxy.md."));
    }

    ProxyService service() {
        return require().service();
    }
}
