package dev.rookery.proxy.engine;

import static java.util.Comparator.comparingInt;

import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says who gets a request, by looking for the best of all routes that could have it. No engine works this way, and none of ours is asked. */
public final class MatchingModel {

    private static final List<PathMatch.Kind> WIDTHS =
            List.of(PathMatch.Kind.EXACT, PathMatch.Kind.PREFIX, PathMatch.Kind.REGEX);

    private static final Comparator<HttpRoute> BEST = comparingInt((HttpRoute route) -> -route.priority())
            .thenComparingInt(MatchingModel::widest)
            .thenComparingInt(route -> -longest(route))
            .thenComparing(HttpRoute::id);

    private MatchingModel() {}

    /** Returns the id of the route that has a request; empty if none has it. */
    static Optional<String> answering(List<HttpRoute> routes, String host, String path) {
        for (var kind : Kind.values()) {
            var best = routes.stream()
                    .filter(route -> route.enabled() && ofKind(route, kind, host) && fits(route, path))
                    .min(BEST);
            if (best.isPresent()) {
                return best.map(HttpRoute::id);
            }
        }
        return Optional.empty();
    }

    /** Returns whether a route is for a path, as it stands in a request. */
    public static boolean fits(HttpRoute route, String path) {
        var plain = plain(path);
        return route.paths().isEmpty() || route.paths().stream().anyMatch(match -> fits(match, plain));
    }

    private static boolean ofKind(HttpRoute route, Kind kind, String host) {
        var name = host.toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        return switch (kind) {
            case HOST -> route.domains().contains(name);
            case WILDCARD -> route.domains().contains("*" + name.substring(dot));
            case ALL -> route.catchAll();
        };
    }

    private static boolean fits(PathMatch match, String path) {
        var wanted = match.value().toLowerCase(Locale.ROOT);
        var given = path.toLowerCase(Locale.ROOT);
        return switch (match.kind()) {
            case EXACT -> given.equals(wanted);
            case PREFIX ->
                wanted.endsWith("/")
                        ? given.startsWith(wanted)
                        : given.equals(wanted) || given.startsWith(wanted + "/");
            case REGEX -> Pattern.compile(match.value()).matcher(path).find();
        };
    }

    /** Returns what a path stands for: its signs as they are, one slash where there are several, no detours. */
    private static String plain(String path) {
        var segments = new ArrayList<String>();
        var decoded = URLDecoder.decode(path, StandardCharsets.UTF_8);
        for (var segment : decoded.split("/+", -1)) {
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            } else if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
                segments.add(segment);
            }
        }
        var joined = "/" + String.join("/", segments);
        return decoded.endsWith("/") && !segments.isEmpty() ? joined + "/" : joined;
    }

    private static int widest(HttpRoute route) {
        return route.paths().isEmpty()
                ? WIDTHS.size()
                : route.paths().stream()
                        .mapToInt(match -> WIDTHS.indexOf(match.kind()))
                        .max()
                        .orElseThrow();
    }

    private static int longest(HttpRoute route) {
        return route.paths().stream()
                .mapToInt(match -> match.value().length())
                .max()
                .orElse(0);
    }

    private enum Kind {
        HOST,
        WILDCARD,
        ALL
    }
}
