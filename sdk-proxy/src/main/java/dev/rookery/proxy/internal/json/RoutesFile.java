package dev.rookery.proxy.internal.json;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.Finding.Severity;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Another program's list of routes, made ours. The same file becomes the same document. Source: proxy specification §1.1 and §4.4.
 */
public final class RoutesFile {

    private static final Set<String> KNOWN = Set.of("id", "domains", "upstreams", "enabled");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int SSH = 22;

    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final ProxyDocument document;

    /**
     * Reads one.
     *
     * @throws InvalidInputException if it is not of that form
     */
    public RoutesFile(Json.Obj file) {
        var members = new LinkedHashMap<>(file.members());
        var routes = members.remove("routes");
        if (!(routes instanceof Json.Array list)) {
            throw new InvalidInputException("at '/schema': nothing, and no list 'routes' either (expected: schema "
                    + ProxyDocument.SCHEMA + ", or a routes.json)");
        }
        var builder = ProxyDocument.builder();
        for (int i = 0; i < list.items().size(); i++) {
            builder.addRoutes(route("/routes/" + i, list.items().get(i)));
        }
        members.keySet().forEach(name -> kept("", name, Optional.empty()));
        document = builder.putAllExtensions(members).build();
    }

    /** Returns what became of it. */
    public ProxyDocument document() {
        return document;
    }

    /** Returns what somebody should look at. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    private HttpRoute route(String place, Json item) {
        if (!(item instanceof Json.Obj given)) {
            throw new InvalidInputException("at '" + place + "': no object (expected: a route)");
        }
        var extensions = new LinkedHashMap<String, Json>();
        var id = id(place, given, extensions);
        given.members().forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                kept(place, name, Optional.of(id));
                extensions.put(name, value);
            }
        });
        var upstreams =
                new RoutesFileUpstreams(place + "/upstreams", given.members().get("upstreams"));
        upstreams.unknown().ifPresent(name -> {
            kept(place + "/upstreams", name, Optional.of(id));
            extensions.put("upstreams", given.members().getOrDefault("upstreams", Json.Null.INSTANCE));
        });
        return HttpRoute.builder(id, ProxyTo.of(upstreams.read().toArray(Upstream[]::new)))
                .enabled(enabled(place, given))
                .addAllDomains(domains(place, given))
                .exposure(exposure(place, id, upstreams))
                .extensions(extensions)
                .build();
    }

    /** An id that ours cannot be stays beside the one that stands for it. */
    private String id(String place, Json.Obj given, Map<String, Json> extensions) {
        var value = given.members().get("id");
        if (value instanceof Json.Text text && ID.matcher(text.value()).matches() && ids.add(text.value())) {
            return text.value();
        }
        var seed = place + new String(ProxyJson.canonical(given), StandardCharsets.UTF_8);
        var id = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        ids.add(id);
        if (value != null) {
            extensions.put("id", value);
            add(
                    "IMPORT_ID",
                    Severity.WARNING,
                    Optional.of(id),
                    place + "/id",
                    "is given twice or not of letters, digits, underscores and hyphens: the route is called " + id);
        }
        return id;
    }

    private static boolean enabled(String place, Json.Obj given) {
        var value = given.members().getOrDefault("enabled", Json.Null.INSTANCE);
        if (value instanceof Json.Bool bool) {
            return bool.value();
        }
        if (value != Json.Null.INSTANCE) {
            throw new InvalidInputException("at '" + place + "/enabled': something else (expected: true or false)");
        }
        return true;
    }

    private static List<String> domains(String place, Json.Obj given) {
        if (!(given.members().get("domains") instanceof Json.Array list)) {
            throw new InvalidInputException("at '" + place + "/domains': no list (expected: a list of names)");
        }
        var domains = new ArrayList<String>();
        for (int i = 0; i < list.items().size(); i++) {
            if (!(list.items().get(i) instanceof Json.Text text)) {
                throw new InvalidInputException("at '" + place + "/domains/" + i + "': no text (expected: a name)");
            }
            domains.add(text.value());
        }
        return domains;
    }

    private Exposure exposure(String place, String id, RoutesFileUpstreams upstreams) {
        var past = upstreams.past(SSH);
        if (past.isEmpty()) {
            return Exposure.PUBLIC;
        }
        if (upstreams.read().size() > 1) {
            add(
                    "IMPORT_PORT_22",
                    Severity.ERROR,
                    Optional.of(id),
                    place + "/upstreams",
                    "one of several upstreams is past the proxy (expected: a route of its own for it)");
            return Exposure.PUBLIC;
        }
        add(
                "IMPORT_PORT_22",
                Severity.WARNING,
                Optional.of(id),
                place + "/upstreams/0",
                "is past the proxy, as " + past.get() + " (expected: somebody who confirms that)");
        return past.get();
    }

    private void kept(String place, String member, Optional<String> route) {
        add(
                "IMPORT_UNKNOWN",
                Severity.WARNING,
                route,
                place + "/" + member.replace("~", "~0").replace("/", "~1"),
                "'" + Shown.of(member) + "' means nothing here; it is kept in extensions");
    }

    private void add(String code, Severity severity, Optional<String> route, String place, String message) {
        findings.add(new Finding(code, severity, route, Shown.of(place), message));
    }
}
