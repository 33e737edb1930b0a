package dev.rookery.proxy.internal.check;

import dev.rookery.kit.net.AddressBlock;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.internal.order.Policies;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.TlsPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What a route is checked against.
 *
 * @param document all of it
 * @param engine what will pass requests on
 */
record Scope(ProxyDocument document, EngineFeatures engine) {

    ProxySettings settings() {
        return document.settings();
    }

    Optional<TlsPolicy> policy(String name) {
        return Policies.named(document, name);
    }

    /** Returns the networks that are allowed although they are refused as a rule; what is no network is found elsewhere. */
    List<AddressBlock> allowed() {
        return allowed(settings());
    }

    static List<AddressBlock> allowed(ProxySettings settings) {
        return settings.allowedUpstreams().stream()
                .flatMap(text -> new Findings().read("", () -> AddressBlock.parse(text)).stream())
                .toList();
    }
}
