package dev.rookery.proxy.internal.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.cloudflare.IngressRule;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a document wants of Cloudflare for one binding. It has all that is needed to get there, so that a document that has gone on since cannot get in
 * between.
 *
 * @param revision of the document
 * @param binding the account, the tunnel and what may be done
 * @param hosts the binding's names, in order
 * @param neighbours other bindings of the account, which may share the tunnel
 */
public record Wish(
        @JsonProperty("revision") long revision,
        @JsonProperty("binding") CloudflareBinding binding,
        @JsonProperty("hosts") List<WantedHost> hosts,
        @JsonProperty("neighbours") List<Neighbour> neighbours) {

    private static final Map<Integer, String> SCHEMES = Map.of(22, "ssh", 3389, "rdp", 445, "smb");

    /** Puts in what is left out. */
    public Wish {
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        neighbours = neighbours == null ? List.of() : List.copyOf(neighbours);
    }

    /**
     * Another binding.
     *
     * @param binding of the same account
     * @param hosts its names
     */
    public record Neighbour(
            @JsonProperty("binding") CloudflareBinding binding,
            @JsonProperty("hosts") List<WantedHost> hosts) {

        /** Puts in what is left out. */
        public Neighbour {
            hosts = hosts == null ? List.of() : List.copyOf(hosts);
        }
    }

    /** Returns what a document wants for one of its bindings. */
    public static Wish of(long revision, ProxyDocument document, String id) {
        var binding = document.cloudflare().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "binding '" + Shown.of(id) + "' (expected: the id of one in cloudflare of the document)"));
        return new Wish(revision, binding, hosts(document, binding), neighbours(document, binding));
    }

    private static List<Neighbour> neighbours(ProxyDocument document, CloudflareBinding binding) {
        return document.cloudflare().stream()
                .filter(other ->
                        !other.id().equals(binding.id()) && other.accountId().equals(binding.accountId()))
                .map(other -> new Neighbour(other, hosts(document, other)))
                .toList();
    }

    /** Returns the rules of the binding's tunnel if nobody else has rules there. */
    public List<IngressRule> rules() {
        return Tenancy.of(this, binding.tunnelId().orElse(""), binding.tunnelName())
                .rules();
    }

    /** Returns the same of another revision. */
    Wish at(long other) {
        return new Wish(other, binding, hosts, neighbours);
    }

    /** Returns the wish that nothing is left of a binding that a document has no longer; the others of its tunnel are as they are there. */
    Wish ended(long atRevision, ProxyDocument document) {
        return new Wish(atRevision, binding, List.of(), neighbours(document, binding));
    }

    private static List<WantedHost> hosts(ProxyDocument document, CloudflareBinding binding) {
        var hosts = new TreeMap<String, WantedHost>();
        for (var route : document.routes()) {
            if (route.enabled()
                    && route.exposure().cloudflare()
                    && of(document, route).equals(Optional.of(binding.id()))) {
                for (var name : route.domains()) {
                    var host = Domain.parse(name).toString();
                    target(route, binding)
                            .ifPresent(
                                    target -> hosts.putIfAbsent(host, new WantedHost(host, route.exposure(), target)));
                }
            }
        }
        return List.copyOf(hosts.values());
    }

    private static Optional<String> of(ProxyDocument document, HttpRoute route) {
        return route.binding()
                .or(() -> document.cloudflare().size() == 1
                        ? Optional.of(document.cloudflare().get(0).id())
                        : Optional.empty());
    }

    private static Optional<String> target(HttpRoute route, CloudflareBinding binding) {
        if (route.exposure() == Exposure.TUNNEL) {
            return Optional.of(binding.proxyUrl());
        }
        if (!(route.action() instanceof ProxyTo proxy) || proxy.upstreams().isEmpty()) {
            return Optional.empty();
        }
        var upstream = proxy.upstreams().get(0);
        var bare = upstream.host().replaceAll("[\\[\\]]", "");
        if (route.exposure() == Exposure.DIRECT_DNS) {
            return Optional.of(bare);
        }
        var host = bare.contains(":") ? "[" + bare + "]" : bare;
        int port = upstream.effectivePort();
        return Optional.of(SCHEMES.getOrDefault(port, "tcp") + "://" + host + ":" + port);
    }
}
