package dev.rookery.proxy.internal.nginx;

import dev.rookery.api.Json;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.probe.Listening;
import dev.rookery.proxy.internal.probe.Proofs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@link NginxSummary}. Without state. */
public final class NginxListeners {

    private NginxListeners() {}

    /** Returns the summary of a candidate; empty if it has none. */
    public static Optional<Json> summary(Candidate candidate) {
        return Optional.ofNullable(candidate.files().get(NginxSummary.FILE))
                .map(text -> ProxyJson.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns its listeners. */
    public static List<Listening> of(Optional<Json> summary) {
        return items(summary, "listeners").map(NginxListeners::listener).toList();
    }

    private static Listening listener(Json.Obj listener) {
        boolean encrypted = listener.members().get("encrypted") instanceof Json.Bool value && value.value();
        var names = listener.members().get("names") instanceof Json.Array array
                ? array.items().stream().map(NginxListeners::text).toList()
                : List.<String>of();
        int port = listener.members().get("port") instanceof Json.Num number
                ? number.value().intValue()
                : 0;
        return new Listening(text(listener.members().get("address")), port, encrypted, encrypted ? names : List.of(""));
    }

    /** Returns a request for each route that was not there before. */
    public static List<Proofs.Asked> changed(Optional<Json> summary, Optional<Json> before) {
        var known = new HashSet<>(asked(before));
        return asked(summary).stream().filter(route -> !known.contains(route)).toList();
    }

    private static List<Proofs.Asked> asked(Optional<Json> summary) {
        var all = new ArrayList<Proofs.Asked>();
        items(summary, "listeners")
                .forEach(listener -> items(Optional.of(listener), "routes")
                        .map(Json.Obj::members)
                        .forEach(route -> all.add(new Proofs.Asked(
                                text(route.get("id")),
                                listener(listener),
                                text(route.get("host")),
                                text(route.get("path"))))));
        return all;
    }

    private static Stream<Json.Obj> items(Optional<? extends Json> value, String member) {
        return value.map(json ->
                        json instanceof Json.Obj object ? object.members().get(member) : null)
                .filter(Json.Array.class::isInstance)
                .map(array -> ((Json.Array) array).items().stream())
                .orElseGet(Stream::of)
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast);
    }

    private static String text(@Nullable Json value) {
        return value instanceof Json.Text text ? text.value() : "";
    }
}
