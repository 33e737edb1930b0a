package dev.rookery.wings.internal;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.api.node.Capability;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node speaks, and what it announces: given from outside, or learned from its answers and forgotten when they contradict.
 * Thread-safe. Source: node API §7.6.
 */
public final class Flavour implements HttpTransport.Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Flavour.class);
    private static final String SYSTEM = "/api/system";
    private static final String SIGNED_ID = "X-Request-Id";

    private final boolean fixed;
    private volatile @Nullable Dialect dialect;
    private volatile Set<Capability> announced = Set.of();

    private Flavour(@Nullable Dialect dialect) {
        this.fixed = dialect != null;
        this.dialect = dialect;
    }

    /** Returns the flavour of a node whose dialect is known. */
    public static Flavour of(Dialect dialect) {
        return new Flavour(dialect);
    }

    /** Returns the flavour of a node that is yet to be asked. */
    public static Flavour unknown() {
        return new Flavour(null);
    }

    Optional<Dialect> dialect() {
        return Optional.ofNullable(dialect);
    }

    /** Returns what the node said that it has, in its last answer that said so. */
    Set<Capability> announced() {
        return announced;
    }

    @Override
    public void answered(RemoteCall call, int status, Headers headers) {
        if (!call.credentialed() || status / 100 == 3) {
            // Public routes carry less, and a redirect may come from a proxy.
            return;
        }
        var capabilities = capabilities(headers);
        if (!capabilities.isEmpty()) {
            announced = capabilities;
        }
        if (fixed) {
            return;
        }
        Function<String, Optional<String>> header = name -> Optional.ofNullable(headers.get(name));
        var known = dialect;
        if (known != null && NodeDialect.of(known).contradicts(status, header)) {
            LOG.info("a node that spoke {} no longer does; asking again", known.wireName());
            forget();
        }
        if (call.endpoint().template().equals(SYSTEM) && telling(status, headers, header)) {
            dialect = NodeDialect.detect(header);
        }
    }

    /** Notes that a node did not know a call that its dialect has. */
    void missed() {
        if (!fixed) {
            forget();
        }
    }

    private void forget() {
        dialect = null;
        announced = Set.of();
    }

    /** A proxy's error says nothing of the node behind it, but the daemons' own errors do: an engine that is down, a wrong token. */
    private static boolean telling(int status, Headers headers, Function<String, Optional<String>> header) {
        return status / 100 == 2
                || NodeDialect.detect(header) == Dialect.PELICAN
                || (headers.get(SIGNED_ID) != null && (status == 500 || status == 401 || status == 403));
    }

    /** Reads the header that lists capabilities. */
    static Set<Capability> capabilities(Headers headers) {
        var capabilities = new LinkedHashSet<Capability>();
        for (var value : headers.values(Capability.HEADER)) {
            for (var name : value.split(",", -1)) {
                if (!name.isBlank()) {
                    capabilities.add(new Capability(name.strip().toLowerCase(Locale.ROOT)));
                }
            }
        }
        return Set.copyOf(capabilities);
    }
}
