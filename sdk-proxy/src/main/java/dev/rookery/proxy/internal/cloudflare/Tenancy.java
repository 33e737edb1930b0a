package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.proxy.cloudflare.IngressRule;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all bindings of one tunnel want of it. Each of them comes to the same, whichever is looked from: there is one configuration.
 *
 * @param hosts in the order of their rules
 * @param exclusive whether all rules of the tunnel are ours
 * @param catchAll where the rest goes, if so
 * @param names all that are wanted, also those that are led past the tunnel
 * @param proxies where the bindings have their proxies
 */
record Tenancy(List<WantedHost> hosts, boolean exclusive, String catchAll, Set<String> names, Set<String> proxies) {

    /** Exact names first; of the others, which cloudflared takes for every depth, the deeper ones. */
    private static final Comparator<WantedHost> ORDER = Comparator.comparing(WantedHost::wildcard)
            .thenComparingInt(host -> host.wildcard() ? -host.host().split("\\.", -1).length : 0)
            .thenComparing(WantedHost::host);

    static Tenancy of(Wish wish, String tunnelId, String tunnelName) {
        var sharing = new ArrayList<CloudflareBinding>(List.of(wish.binding()));
        var hosts = new ArrayList<>(wish.hosts());
        for (var neighbour : wish.neighbours()) {
            if (shares(neighbour.binding(), tunnelId, tunnelName)) {
                sharing.add(neighbour.binding());
                hosts.addAll(neighbour.hosts());
            }
        }
        var names = hosts.stream().map(WantedHost::host).collect(Collectors.toUnmodifiableSet());
        hosts.removeIf(host -> !host.tunnelled());
        hosts.sort(ORDER);
        sharing.sort(Comparator.comparing(CloudflareBinding::id));
        return new Tenancy(
                List.copyOf(hosts),
                sharing.stream().allMatch(CloudflareBinding::exclusive),
                sharing.get(0).proxyUrl(),
                names,
                sharing.stream().map(CloudflareBinding::proxyUrl).collect(Collectors.toUnmodifiableSet()));
    }

    /** Returns whether nobody wants a name any more that was led past the proxy, where only the tunnel can stop its requests. */
    boolean closes(String name, String service) {
        return !names.contains(name) && !proxies.contains(service);
    }

    /** Returns the rules of a tunnel that nobody else has rules in. */
    List<IngressRule> rules() {
        var rules = new ArrayList<IngressRule>();
        hosts.stream()
                .filter(this::needsRule)
                .map(host -> IngressRule.of(host.host(), host.target()))
                .forEach(rules::add);
        rules.add(IngressRule.catchAll(catchAll));
        return List.copyOf(rules);
    }

    private static boolean shares(CloudflareBinding other, String tunnelId, String tunnelName) {
        return other.tunnelId()
                .map(id -> id.equals(tunnelId))
                .orElseGet(() -> other.tunnelName().equals(tunnelName));
    }

    /** What the catch-all does anyway needs no rule, unless a wildcard before it would take it. */
    private boolean needsRule(WantedHost host) {
        return host.exposure() == Exposure.TUNNEL_TCP
                || !host.target().equals(catchAll)
                || hosts.stream().anyMatch(other -> other.exposure() == Exposure.TUNNEL_TCP && other.swallows(host));
    }
}
