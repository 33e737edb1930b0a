package dev.rookery.proxy.internal.nginx;

import dev.rookery.api.Json;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.probe.Listening;
import dev.rookery.proxy.internal.probe.Port;
import dev.rookery.proxy.internal.probe.Proofs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
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

    /** Returns the ports of connections and datagrams. */
    public static List<Port> streams(Optional<Json> summary) {
        return items(summary, "streams")
                .map(stream ->
                        new Port(text(stream.members().get("address")), number(stream), yes(stream, "datagrams")))
                .toList();
    }

    /** Returns all ports that it takes. */
    public static List<Port> ports(Optional<Json> summary) {
        var ports = new ArrayList<>(streams(summary));
        of(summary).forEach(listener -> ports.add(listener.taken()));
        return ports;
    }

    private static boolean yes(Json.Obj object, String member) {
        return object.members().get(member) instanceof Json.Bool value && value.value();
    }

    private static int number(Json.Obj object) {
        return object.members().get("port") instanceof Json.Num number
                ? number.value().intValue()
                : 0;
    }

    private static Listening listener(Json.Obj listener) {
        boolean encrypted = yes(listener, "encrypted");
        var names = listener.members().get("names") instanceof Json.Array array
                ? array.items().stream().map(NginxListeners::text).toList()
                : List.<String>of();
        return new Listening(
                text(listener.members().get("address")), number(listener), encrypted, encrypted ? names : List.of(""));
    }

    /** Returns a request for each route that was not there before. */
    public static List<Proofs.Asked> changed(Optional<Json> summary, Optional<Json> before) {
        var known = new HashSet<Place>();
        routes(before, (listener, route) -> known.add(Place.of(listener, route)));
        var changed = new ArrayList<Proofs.Asked>();
        routes(summary, (listener, route) -> {
            var place = Place.of(listener, route);
            if (!known.contains(place)) {
                changed.add(new Proofs.Asked(place.id(), listener, place.host(), place.path()));
            }
        });
        return changed;
    }

    private static void routes(Optional<Json> summary, BiConsumer<Listening, Json.Obj> each) {
        items(summary, "listeners").forEach(object -> {
            var listener = listener(object);
            items(Optional.of(object), "routes").forEach(route -> each.accept(listener, route));
        });
    }

    /** Where a route is asked for; without the names of the listener, which are those of all of its routes. */
    private record Place(String listener, boolean encrypted, String id, String host, String path) {

        static Place of(Listening listener, Json.Obj route) {
            var members = route.members();
            return new Place(
                    listener.shown(),
                    listener.encrypted(),
                    text(members.get("id")),
                    text(members.get("host")),
                    text(members.get("path")));
        }
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
