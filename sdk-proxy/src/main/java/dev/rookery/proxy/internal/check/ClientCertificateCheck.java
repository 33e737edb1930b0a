package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.TlsPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which names ask for certificates of clients: an engine asks once for each name, before it knows the path, so that all routes of a name have to want the same. */
final class ClientCertificateCheck {

    private static final String CODE = "TLS_CLIENT_CERTIFICATES";

    private final Scope scope;
    private final Map<Domain, Asked> names = new LinkedHashMap<>();

    private ClientCertificateCheck(Scope scope) {
        this.scope = scope;
    }

    static void check(Findings found, Scope scope) {
        if (scope.document().tlsPolicies().stream()
                .allMatch(policy -> policy.clientAuthorityFile().isEmpty())) {
            return;
        }
        var check = new ClientCertificateCheck(scope);
        var routes = scope.document().routes();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).enabled()) {
                check.route(found.at("routes", i).of(routes.get(i).id()).at("tlsPolicy"), routes.get(i));
            }
        }
        check.names.forEach(check::wildcard);
        var policies = scope.document().tlsPolicies();
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).clientAuthorityFile().isPresent()) {
                check.subjects(found.at("tlsPolicies", i), policies.get(i));
            }
        }
    }

    /** Names that a policy is for whatever routes choose: Caddy would ask their clients, and nginx would not. */
    private void subjects(Findings place, TlsPolicy policy) {
        var others = NamedRoute.of(new Findings(), scope.document()).stream()
                .filter(route -> !authority(route.policy()).equals(policy.clientAuthorityFile()))
                .flatMap(route -> route.names().stream())
                .flatMap(name -> domain(name).stream())
                .toList();
        for (int i = 0; i < policy.subjects().size(); i++) {
            var at = place.at("subjects", i);
            domain(policy.subjects().get(i))
                    .ifPresent(subject -> at.require(
                            others.stream().noneMatch(subject::meets),
                            CODE,
                            "'" + subject + "' asks clients for other certificates than a route of such a name"
                                    + " (expected: only routes that choose this policy, or no such subject)"));
        }
    }

    private Optional<String> authority(Optional<String> policy) {
        return policy.flatMap(scope::policy).flatMap(TlsPolicy::clientAuthorityFile);
    }

    /** What is no name is found elsewhere. */
    private static Optional<Domain> domain(String text) {
        return new Findings().read("", () -> Domain.parse(text));
    }

    private void route(Findings place, HttpRoute route) {
        var authority = authority(route.tlsPolicy());
        boolean encrypted =
                Listener.of(route.exposure()).filter(Listener.EDGE::equals).isPresent();
        place.require(
                authority.isEmpty() || (encrypted && !route.catchAll()),
                CODE,
                "a policy that asks for certificates of clients, for a route where nobody asks"
                        + " (expected: one with names, by exposure public or lan)");
        if (encrypted) {
            boolean every = route.paths().isEmpty() && route.match().conditions() == 0;
            HttpRouteCheck.domains(route).stream().distinct().forEach(domain -> {
                var before = names.putIfAbsent(domain, new Asked(place, route.id(), authority, every));
                if (before != null) {
                    place.require(
                            before.authority().equals(authority),
                            CODE,
                            "'" + domain + "' asks clients for other certificates by route " + Shown.of(before.route())
                                    + " (expected: the same for all routes of a name)");
                    names.put(domain, before.or(every));
                }
            });
        }
    }

    /** What a name has no route for, those of the wildcard above have; and Caddy asks by the wildcard's policy for names below it. */
    private void wildcard(Domain domain, Asked asked) {
        domain.above()
                .map(names::get)
                .ifPresent(above -> asked.place()
                        .require(
                                asked.authority().equals(above.authority()) || apart(asked, above),
                                CODE,
                                "'" + domain + "' asks clients for other certificates than the wildcard of route "
                                        + Shown.of(above.route())
                                        + " (expected: the same, or a route of every path for this name)"));
    }

    private boolean apart(Asked asked, Asked above) {
        boolean told =
                scope.engine().kind() == EngineKind.NGINX || above.authority().isEmpty();
        return asked.every() && told;
    }

    /**
     * What a name asks for.
     *
     * @param route the first that does
     * @param authority empty if it asks for nothing
     * @param every whether one of its routes has all its requests
     */
    private record Asked(Findings place, String route, Optional<String> authority, boolean every) {

        Asked or(boolean other) {
            return new Asked(place, route, authority, every || other);
        }
    }
}
