package dev.rookery.proxy.internal.check;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.apply.NameOwners;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks whose the names are that routes get by a change. */
public final class NameOwnerCheck {

    private static final int SAID_MAX = 300;

    private final NameOwners owners;
    private final Set<Held> held = new HashSet<>();
    private final Findings found = new Findings();

    private NameOwnerCheck(NameOwners owners) {
        this.owners = owners;
    }

    /** Returns an error for each name that a route in use must not have, but did not have before. */
    public static List<Finding> check(ProxyDocument before, ProxyDocument document, NameOwners owners) {
        if (owners.equals(NameOwners.ANYBODY)) {
            return List.of();
        }
        var check = new NameOwnerCheck(owners);
        check.hold(before);
        check.ask(document);
        return check.found.all();
    }

    private void hold(ProxyDocument before) {
        for (var route : before.routes()) {
            if (route.enabled()) {
                route.domains().forEach(name -> held.add(new Held(route.owner(), domain(name))));
            }
        }
        for (var route : before.l4Routes()) {
            if (route.enabled()) {
                route.serverNames().forEach(name -> held.add(new Held(route.owner(), domain(name))));
            }
        }
    }

    private void ask(ProxyDocument document) {
        for (int i = 0; i < document.routes().size(); i++) {
            var route = document.routes().get(i);
            if (route.enabled()) {
                ask(found.at("routes", i).of(route.id()), "domains", route.owner(), route.domains());
            }
        }
        for (int i = 0; i < document.l4Routes().size(); i++) {
            var route = document.l4Routes().get(i);
            if (route.enabled()) {
                ask(found.at("l4Routes", i).of(route.id()), "serverNames", route.owner(), route.serverNames());
            }
        }
    }

    private void ask(Findings place, String member, Optional<String> owner, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            var at = place.at(member, i);
            var asked = new Held(owner, domain(names.get(i)));
            // What is no name is found elsewhere.
            if (!asked.domain().isEmpty() && !held.contains(asked)) {
                owners.refuses(owner, asked.domain())
                        .ifPresent(said -> at.error(
                                "DOMAIN_NOT_OWNED",
                                "'" + asked.domain() + "': " + Shown.of(said, SAID_MAX)
                                        + owner.map(name -> " (expected: a name that '" + Shown.of(name) + "' may use)")
                                                .orElse(" (expected: a name that may be used)")));
            }
        }
    }

    private static String domain(String given) {
        try {
            return Domain.parse(given).toString();
        } catch (InvalidInputException ignored) {
            return "";
        }
    }

    /** A name of an owner's routes. */
    private record Held(Optional<String> owner, String domain) {}
}
