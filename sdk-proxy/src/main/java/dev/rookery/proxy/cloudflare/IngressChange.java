package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import java.util.List;

/**
 * How a tunnel's configuration is to change.
 *
 * @param before what there is
 * @param first what is written before records change; it still has the rules of names that are about to go
 * @param last what is written when those are gone
 * @param foreign rules of others that stay, or, if all of the tunnel is ours, that go
 */
public record IngressChange(TunnelConfig before, Json.Obj first, Json.Obj last, List<String> foreign) {

    /** Copies its arguments. */
    public IngressChange {
        requireNonNull(before, "before");
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        foreign = List.copyOf(foreign);
    }

    /** Returns whether something is written. */
    public boolean writes() {
        return !first.equals(before.config()) || !last.equals(before.config());
    }
}
