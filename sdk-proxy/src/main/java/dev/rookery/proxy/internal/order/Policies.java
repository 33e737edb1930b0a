package dev.rookery.proxy.internal.order;

import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.TlsPolicy;
import java.util.Optional;

/** Which policy of TLS a route means by a name: the first that has it. */
public final class Policies {

    private Policies() {}

    /** Returns the policy of a name; empty if the document has none. */
    public static Optional<TlsPolicy> named(ProxyDocument document, String name) {
        return document.tlsPolicies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst();
    }
}
