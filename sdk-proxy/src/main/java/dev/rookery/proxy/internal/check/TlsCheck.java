package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.Issuer;
import java.net.URI;
import java.util.HashSet;

/** Checks how names get their certificates. */
final class TlsCheck {

    private TlsCheck() {}

    static void check(Findings found, Scope scope) {
        var names = new HashSet<String>();
        var subjects = new HashSet<Domain>();
        var policies = scope.document().tlsPolicies();
        for (int i = 0; i < policies.size(); i++) {
            var policy = policies.get(i);
            var place = found.at("tlsPolicies", i);
            HttpRouteCheck.id(place.at("name"), policy.name());
            place.at("name")
                    .require(
                            names.add(policy.name()),
                            "TLS_POLICY",
                            "policy '" + Shown.of(policy.name()) + "' is given twice");
            for (int j = 0; j < policy.subjects().size(); j++) {
                var text = policy.subjects().get(j);
                var at = place.at("subjects", j);
                at.read("DOMAIN_SYNTAX", () -> Domain.parse(text)).ifPresent(domain -> {
                    at.require(
                            subjects.add(domain),
                            "TLS_SUBJECT_TWICE",
                            "'" + domain + "' is the subject of two policies");
                    boolean proven = !domain.wildcard()
                            || !(policy.issuer() instanceof Issuer.Acme acme)
                            || acme.dns().isPresent();
                    at.require(
                            proven,
                            "TLS_WILDCARD_NEEDS_DNS",
                            "'" + domain + "' by the usual challenges (expected: a DNS challenge)");
                });
            }
            issuer(place.at("issuer"), policy.issuer());
            policy.clientAuthorityFile().ifPresent(file -> DocumentCheck.file(place.at("clientAuthorityFile"), file));
        }
    }

    private static void issuer(Findings found, Issuer issuer) {
        if (issuer instanceof Issuer.Acme acme) {
            address(found.at("directory"), acme.directory());
            acme.dns().ifPresent(dns -> {
                found.at("dns")
                        .at("provider")
                        .require(
                                dns.provider().matches("[a-z0-9_]{1,64}"),
                                "TLS_DNS",
                                "provider '" + Shown.of(dns.provider())
                                        + "' (expected: the name of a module, such as cloudflare)");
                DocumentCheck.secret(found.at("dns").at("token"), dns.token());
                RouteTextCheck.networks(found.at("dns"), "resolvers", dns.resolvers());
            });
        } else if (issuer instanceof Issuer.Internal internal) {
            internal.lifetime()
                    .ifPresent(time -> found.at("lifetime")
                            .require(
                                    time.toMinutes() >= 5 && time.toDays() <= 3650,
                                    "DURATION",
                                    time + " (expected: five minutes to ten years)"));
        } else if (issuer instanceof Issuer.Files files) {
            DocumentCheck.file(found.at("certificate"), files.certificate());
            DocumentCheck.file(found.at("key"), files.key());
        } else if (issuer instanceof Issuer.OnDemand demand) {
            address(found.at("ask"), demand.ask());
        }
    }

    private static void address(Findings found, String text) {
        boolean right;
        try {
            var uri = URI.create(text);
            right = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            right = false;
        }
        found.require(right, "TLS_ADDRESS", "'" + Shown.of(text) + "' (expected: http:// or https:// and a host)");
    }
}
