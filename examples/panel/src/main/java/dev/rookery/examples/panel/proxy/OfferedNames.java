package dev.rookery.examples.panel.proxy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which names servers may take. */
final class OfferedNames {

    private static final int NAME_MAX = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

    private final List<String> offered;

    OfferedNames(List<String> offered) {
        this.offered = offered;
    }

    List<String> offered() {
        return offered;
    }

    /** Returns a name as it is kept, if it may be taken. */
    String taken(String given, boolean any) {
        var name = given.strip().toLowerCase(Locale.ROOT);
        if (name.length() > NAME_MAX || !NAME.matcher(name).matches()) {
            throw new InvalidInputException("domain: '" + given + "' (expected: a name such as shop.example.net)");
        }
        if (!any && offered.stream().noneMatch(one -> within(one, name))) {
            throw new DeniedException("domain: '" + name + "' is not offered (expected: "
                    + (offered.isEmpty() ? "an administrator adds it" : "one of " + offered) + ")");
        }
        return name;
    }

    /** A letter of another alphabet may look like one of this: names that are written with such are for administrators. */
    private static boolean within(String offer, String name) {
        var domain = offer.substring(1);
        if (!name.endsWith(domain)) {
            return false;
        }
        var label = name.substring(0, name.length() - domain.length());
        return LABEL.matcher(label).matches() && !label.startsWith("xn--");
    }

    /** A route that is switched off keeps its name, too. */
    static void requireFree(ProxyDocument document, HttpRoute wanted) {
        var name = wanted.domains().get(0);
        for (var route : document.routes()) {
            boolean named = route.domains().stream().anyMatch(domain -> domain.equalsIgnoreCase(name));
            if (named && (!route.owner().equals(wanted.owner()) || route.id().equals(wanted.id()))) {
                throw new ConflictException("domain: '" + name + "' is taken (expected: another name)");
            }
        }
        for (var route : document.l4Routes()) {
            if (!route.owner().equals(wanted.owner())
                    && route.serverNames().stream().anyMatch(domain -> domain.equalsIgnoreCase(name))) {
                throw new ConflictException("domain: '" + name + "' is taken (expected: another name)");
            }
        }
    }
}
