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
        NamedRoute.of(new Findings(), before).forEach(check::hold);
        NamedRoute.of(check.found, document).forEach(check::ask);
        return check.found.all();
    }

    private void hold(NamedRoute route) {
        route.names().forEach(name -> held.add(new Held(route.owner(), domain(name))));
    }

    private void ask(NamedRoute route) {
        var owner = route.owner();
        for (int i = 0; i < route.names().size(); i++) {
            var at = route.place().at(route.member(), i);
            var asked = new Held(owner, domain(route.names().get(i)));
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
