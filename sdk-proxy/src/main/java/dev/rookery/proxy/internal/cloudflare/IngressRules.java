package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.proxy.cloudflare.IngressRule;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a tunnel's rules from what all bindings of the tunnel want. Source: proxy.md §4.5. */
public final class IngressRules {

    /** Exact names first; of the others, which cloudflared takes for every depth, the deeper ones. */
    static final Comparator<WantedHost> ORDER = Comparator.comparing(WantedHost::wildcard)
            .thenComparingInt(host -> host.wildcard() ? -host.host().split("\\.", -1).length : 0)
            .thenComparing(WantedHost::host);

    private IngressRules() {}

    /** Returns the rules of a tunnel that nobody else has rules in. */
    public static List<IngressRule> alone(Wish wish) {
        var binding = wish.binding();
        var all = ofTunnel(wish, binding.tunnelId().orElse(""), binding.tunnelName());
        var rules = new ArrayList<IngressRule>();
        all.stream()
                .filter(host -> needsRule(host, all, binding))
                .map(host -> IngressRule.of(host.host(), host.target()))
                .forEach(rules::add);
        rules.add(IngressRule.catchAll(binding.proxyUrl()));
        return List.copyOf(rules);
    }

    /** Returns the names of all bindings that share a tunnel, in the order of their rules. */
    static List<WantedHost> ofTunnel(Wish wish, String tunnelId, String tunnelName) {
        var all = new ArrayList<>(wish.hosts());
        for (var neighbour : wish.neighbours()) {
            if (shares(neighbour.binding(), tunnelId, tunnelName)) {
                all.addAll(neighbour.hosts());
            }
        }
        all.removeIf(host -> !host.tunnelled());
        all.sort(ORDER);
        return all;
    }

    private static boolean shares(CloudflareBinding other, String tunnelId, String tunnelName) {
        return other.tunnelId()
                .map(id -> id.equals(tunnelId))
                .orElseGet(() -> other.tunnelName().equals(tunnelName));
    }

    /** What the catch-all does anyway needs no rule, unless a wildcard before it would take it. */
    private static boolean needsRule(WantedHost host, List<WantedHost> all, CloudflareBinding binding) {
        return host.exposure() == Exposure.TUNNEL_TCP
                || !host.target().equals(binding.proxyUrl())
                || all.stream().anyMatch(other -> other.exposure() == Exposure.TUNNEL_TCP && other.swallows(host));
    }
}
