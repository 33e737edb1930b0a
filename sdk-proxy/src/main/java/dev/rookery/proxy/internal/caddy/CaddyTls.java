package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.order.Policies;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.SecretRef;
import dev.rookery.proxy.route.TlsPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How names get their certificates: hosts before wildcards before what has no policy of its own. */
final class CaddyTls {

    /** Routes of the own network that name no policy. */
    private static final String OWN = "rookery-lan";

    private final CaddyForm form;
    private final ProxyDocument document;
    private final Map<String, String> prints;
    private final Map<String, Set<String>> subjects = new TreeMap<>();

    CaddyTls(CaddyForm form, ProxyDocument document, Map<String, String> prints) {
        this.form = form;
        this.document = document;
        this.prints = prints;
        document.tlsPolicies().forEach(policy -> subjects.put(policy.name(), new TreeSet<>(names(policy.subjects()))));
        document.routes().stream().filter(HttpRoute::enabled).forEach(this::add);
        document.l4Routes().stream()
                .filter(CaddyTls::ends)
                .forEach(route -> route.tlsPolicy()
                        .ifPresent(name -> subjects.computeIfAbsent(name, key -> new TreeSet<>())
                                .addAll(names(route.serverNames()))));
    }

    private static boolean ends(L4Route route) {
        return route.enabled() && route.tls() == L4Route.Tls.TERMINATE;
    }

    private void add(HttpRoute route) {
        boolean encrypted = route.exposure() == Exposure.PUBLIC || route.exposure() == Exposure.LAN;
        var policy = route.tlsPolicy().or(() -> route.exposure() == Exposure.LAN ? Optional.of(OWN) : Optional.empty());
        if (encrypted) {
            policy.ifPresent(name ->
                    subjects.computeIfAbsent(name, key -> new TreeSet<>()).addAll(names(route.domains())));
        }
    }

    private static List<String> names(List<String> domains) {
        return domains.stream().map(text -> Domain.parse(text).toString()).toList();
    }

    /** Returns the part for TLS; empty if nothing goes beyond what is automatic. */
    Tree app() {
        var policies = new ArrayList<Tree>();
        var files = new ArrayList<Tree>();
        var automate = new TreeSet<String>();
        for (boolean wildcards : new boolean[] {false, true}) {
            subjects.forEach((name, names) -> {
                var fitting = names.stream()
                        .filter(subject -> subject.startsWith("*.") == wildcards)
                        .toList();
                if (!fitting.isEmpty()) {
                    issuer(name).ifPresent(issuer -> add(name, issuer, fitting, policies, files));
                }
            });
        }
        document.tlsPolicies().stream()
                .filter(policy ->
                        !(policy.issuer() instanceof Issuer.Files) && !(policy.issuer() instanceof Issuer.OnDemand))
                .forEach(policy -> automate.addAll(names(policy.subjects())));
        // Names of connections stand in no route of HTTP, where Caddy looks for names by itself.
        document.l4Routes().stream()
                .filter(CaddyTls::ends)
                .forEach(route -> automate.addAll(names(route.serverNames())));
        automate.removeAll(fromFiles());
        document.settings()
                .acmeEmail()
                .ifPresent(email -> policies.add(new Tree().putAll("issuers", List.of(acme(Issuer.Acme.usual())))));
        var tree = new Tree();
        var certificates = new Tree().putSome("load_files", files);
        if (!automate.isEmpty()) {
            certificates.put("automate", automate);
        }
        tree.putSome("certificates", certificates);
        return tree.putSome(
                "automation", new Tree().putSome("policies", policies).putSome("on_demand", onDemand()));
    }

    /** Returns the policies of connections: names whose clients need a certificate, and an empty one for all others. */
    List<Tree> connections() {
        var policies = new ArrayList<Tree>();
        for (var policy : document.tlsPolicies()) {
            var names = subjects.getOrDefault(policy.name(), Set.of());
            if (policy.clientAuthorityFile().isPresent() && !names.isEmpty()) {
                var file = List.of(policy.clientAuthorityFile().get());
                var clients = Tree.of("mode", "require_and_verify");
                if (form.modern()) {
                    clients.put("ca", Tree.of("provider", "file").put("pem_files", file));
                } else {
                    clients.put("trusted_ca_certs_pem_files", file);
                }
                policies.add(
                        new Tree().put("match", new Tree().put("sni", names)).put("client_authentication", clients));
            }
        }
        if (!policies.isEmpty()) {
            policies.add(new Tree());
        }
        return policies;
    }

    /** Returns the names whose certificates are files: Caddy must not get others for them. */
    Set<String> fromFiles() {
        var names = new TreeSet<String>();
        document.tlsPolicies().stream()
                .filter(policy -> policy.issuer() instanceof Issuer.Files)
                .forEach(policy -> names.addAll(subjects.getOrDefault(policy.name(), Set.of())));
        return names;
    }

    private Optional<Issuer> issuer(String policy) {
        if (policy.equals(OWN)) {
            return Optional.of(new Issuer.Internal(Optional.empty()));
        }
        return Policies.named(document, policy).map(TlsPolicy::issuer);
    }

    private void add(String name, Issuer issuer, List<String> names, List<Tree> policies, List<Tree> files) {
        if (issuer instanceof Issuer.Files pair) {
            var tags = new ArrayList<>(List.of(name));
            // Caddy reads files again only for another configuration; nobody looks for this tag.
            Optional.ofNullable(prints.get(pair.certificate())).ifPresent(print -> tags.add("sha256:" + print));
            var file = Tree.of("certificate", pair.certificate())
                    .put("key", pair.key())
                    .put("tags", tags);
            if (files.stream().noneMatch(known -> known.json().equals(file.json()))) {
                files.add(file);
            }
        } else if (issuer instanceof Issuer.OnDemand) {
            policies.add(policy(name, names).put("on_demand", true));
        } else if (issuer instanceof Issuer.Internal internal) {
            var own = Tree.of("module", "internal").put("ca", "local");
            internal.lifetime().ifPresent(time -> own.put("lifetime", time));
            policies.add(policy(name, names).putAll("issuers", List.of(own)));
        } else {
            policies.add(policy(name, names).putAll("issuers", List.of(acme((Issuer.Acme) issuer))));
        }
    }

    private static Tree policy(String name, List<String> names) {
        return Tree.of("@id", "tls:" + name + (names.get(0).startsWith("*.") ? "~w" : ""))
                .put("subjects", names);
    }

    private Tree acme(Issuer.Acme acme) {
        var tree = Tree.of("module", "acme").put("ca", Literal.of(acme.directory()));
        acme.email().or(() -> document.settings().acmeEmail()).ifPresent(email -> tree.put("email", Literal.of(email)));
        acme.dns().ifPresent(dns -> {
            var challenge =
                    new Tree().put("provider", Tree.of("name", dns.provider()).put("api_token", secret(dns.token())));
            if (!dns.resolvers().isEmpty()) {
                challenge.put("resolvers", dns.resolvers());
            }
            tree.put("challenges", new Tree().put("dns", challenge));
        });
        return tree;
    }

    /** Returns what the engine itself replaces by the secret: it is in no document. */
    static String secret(SecretRef secret) {
        return switch (secret.kind()) {
            case ENV -> "{env." + secret.name() + "}";
            case FILE -> "{file." + secret.name() + "}";
            case VAULT -> "{env.ROOKERY_" + secret.name().replaceAll("[^A-Za-z0-9]", "_") + "}";
        };
    }

    private Tree onDemand() {
        var ask = document.tlsPolicies().stream()
                .map(TlsPolicy::issuer)
                .filter(Issuer.OnDemand.class::isInstance)
                .map(issuer -> ((Issuer.OnDemand) issuer).ask())
                .findFirst();
        if (ask.isEmpty()) {
            return new Tree();
        }
        return form.modern()
                ? new Tree().put("permission", Tree.of("module", "http").put("endpoint", ask.get()))
                : Tree.of("ask", ask.get());
    }

    /** Returns the part for the engine's own authority, which is never put among those that the machine trusts. */
    static Json authorities() {
        return new Tree()
                .put("certificate_authorities", new Tree().put("local", new Tree().put("install_trust", false)))
                .json();
    }
}
