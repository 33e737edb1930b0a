package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the paths of two routes lie to each other. Compared without case and with slashes merged: some engines see no difference, and being stricter
 * than the others is meant.
 */
final class Paths {

    private Paths() {}

    /** Returns whether every path of the second route is one of the first. False if expressions make it unknown. */
    static boolean cover(HttpRoute broad, HttpRoute narrow) {
        if (broad.paths().isEmpty()) {
            return true;
        }
        return !narrow.paths().isEmpty()
                && narrow.paths().stream()
                        .allMatch(inner -> broad.paths().stream().anyMatch(outer -> covers(outer, inner)));
    }

    /** Returns whether some path is for certain one of both. */
    static boolean common(HttpRoute one, HttpRoute other) {
        return one.paths().stream()
                .anyMatch(path -> other.paths().stream().anyMatch(with -> covers(path, with) || covers(with, path)));
    }

    /** Returns whether an expression leaves open whether the routes have a path in common. */
    static boolean unknown(HttpRoute one, HttpRoute other) {
        return !one.paths().isEmpty() && !other.paths().isEmpty() && (expression(one) || expression(other));
    }

    /** Returns whether no request can fit both, by its method or by a header or parameter of one value. */
    static boolean separate(HttpRoute one, HttpRoute other) {
        boolean methods = !one.match().methods().isEmpty()
                && !other.match().methods().isEmpty()
                && one.match().methods().stream().noneMatch(other.match().methods()::contains);
        return methods || differ(one.match().query(), other.match().query());
    }

    /** Returns whether every request that fits the conditions of the second route fits those of the first. */
    static boolean coverConditions(HttpRoute broad, HttpRoute narrow) {
        boolean methods = broad.match().methods().isEmpty()
                || (!narrow.match().methods().isEmpty()
                        && broad.match().methods().containsAll(narrow.match().methods()));
        return methods
                && broad.match().headers().entrySet().stream()
                        .allMatch(entry ->
                                fits(entry.getValue(), narrow.match().headers().get(entry.getKey())))
                && broad.match().query().entrySet().stream()
                        .allMatch(entry ->
                                fits(entry.getValue(), narrow.match().query().get(entry.getKey())));
    }

    private static boolean fits(String wanted, @Nullable String given) {
        return given != null && (wanted.equals("*") || wanted.equals(given));
    }

    private static boolean differ(Map<String, String> one, Map<String, String> other) {
        return one.entrySet().stream()
                .filter(entry -> !entry.getValue().equals("*"))
                .anyMatch(entry -> other.containsKey(entry.getKey())
                        && !Objects.equals(other.get(entry.getKey()), "*")
                        && !Objects.equals(other.get(entry.getKey()), entry.getValue()));
    }

    private static boolean expression(HttpRoute route) {
        return route.paths().stream().anyMatch(path -> path.kind() == PathMatch.Kind.REGEX);
    }

    private static boolean covers(PathMatch outer, PathMatch inner) {
        if (outer.kind() == PathMatch.Kind.REGEX || inner.kind() == PathMatch.Kind.REGEX) {
            return outer.equals(inner);
        }
        var above = plain(outer.value());
        var below = plain(inner.value());
        if (outer.kind() == PathMatch.Kind.EXACT) {
            return inner.kind() == PathMatch.Kind.EXACT && above.equals(below);
        }
        return above.equals("/") || below.equals(above) || below.startsWith(above.endsWith("/") ? above : above + "/");
    }

    private static String plain(String path) {
        var merged = path.toLowerCase(Locale.ROOT).replaceAll("/+", "/");
        return merged.length() > 1 && merged.endsWith("/") ? merged.substring(0, merged.length() - 1) : merged;
    }

    /** Returns whether both routes are for the same paths. */
    static boolean same(HttpRoute one, HttpRoute other) {
        return cover(one, other) && cover(other, one);
    }

    /** Returns the paths for people. */
    static String shown(HttpRoute route) {
        return route.paths().isEmpty()
                ? "every path"
                : route.paths().stream().map(PathMatch::value).limit(3).toList().toString();
    }
}
