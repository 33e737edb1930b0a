package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.route.PathMatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths as expressions, whatever they are in the document: nginx asks expressions in the order in which they stand, so that the order of routes is
 * the same as with an engine that goes through them one by one. Letters count without their case, as with Caddy.
 */
final class NginxPaths {

    private static final int EXPRESSION_MAX = 2500;

    private NginxPaths() {}

    /** Returns expressions that together find exactly these paths, each of a length that nginx reads. */
    static List<String> expressions(List<PathMatch> paths) {
        var expressions = new ArrayList<String>();
        var one = new StringBuilder();
        for (var path : paths) {
            var next = expression(path);
            if (!one.isEmpty() && one.length() + next.length() > EXPRESSION_MAX) {
                expressions.add(one.toString());
                one.setLength(0);
            }
            one.append(one.isEmpty() ? "" : "|").append(next);
        }
        if (!one.isEmpty()) {
            expressions.add(one.toString());
        }
        return expressions;
    }

    private static String expression(PathMatch path) {
        return switch (path.kind()) {
            // An end that a line break before it does not move.
            case EXACT -> "^" + literal(path.value()) + "\\z";
            case PREFIX ->
                path.value().endsWith("/") ? "^" + literal(path.value()) : "^" + literal(path.value()) + "(?:/|\\z)";
            case REGEX -> "(?-i:" + path.value() + ")";
        };
    }

    /** Returns an expression of exactly this text. */
    static String literal(String text) {
        var expression = new StringBuilder();
        text.codePoints().forEach(letter -> {
            boolean sign = letter < 0x80 && !Character.isLetterOrDigit(letter) && letter != '/' && letter != '-';
            expression.append(sign && letter != '_' ? "\\" : "").appendCodePoint(letter);
        });
        return expression.toString();
    }
}
