package dev.rookery.api.egg.rule;

import dev.rookery.api.internal.regex.Outcome;
import dev.rookery.api.internal.regex.PhpPattern;
import dev.rookery.api.internal.regex.UnsupportedRegexException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a text is a URL: a scheme that is known, a host, and what may follow it. */
final class UrlText {

    private static final Set<String> KNOWN_SCHEMES = knownSchemes();
    private static final String ENCODED = "%[0-9A-F]{2}";
    private static final String USER = "(?:[_.\\p{L}\\p{N}-]|" + ENCODED + ")+";
    private static final String LOGIN = "(?:(?:" + USER + ":)?" + USER + "@)?";
    private static final String SEGMENT = "(?:[\\p{L}\\p{N}\\-._~!$&'()*+,;=:@]|" + ENCODED + ")*";
    private static final String FRAGMENT = "(?:[\\p{L}\\p{N}\\-._~!$&'()*+,;=:@/?]|" + ENCODED + ")*";
    private static final String QUERY = "(?:[\\p{L}\\p{N}\\-._~!$&'()*+,;=:@/?\\[\\]]|" + ENCODED + ")*";
    private static final String REST =
            "(?::[0-9]+)?(?:/" + SEGMENT + ")*(?:\\?" + QUERY + ")?(?:\\#" + FRAGMENT + ")?$";

    /** Any text whose last character is a letter or a digit. */
    private static final String HOST_11 = "[\\p{L}\\p{N}\\p{S}_.-]+\\.?(?:[\\p{L}\\p{N}]|xn--[\\p{L}\\p{N}-]+)+\\.?";

    private static final String HOST_13 =
            "(?:(?:[\\p{L}\\p{N}\\p{S}\\p{M}_-]+\\.)+(?:xn--[a-z0-9-]+|[\\p{L}\\p{N}\\p{M}]+)|[a-z0-9_-]+)\\.?";

    private static final PhpPattern BRACKETS = compile("\\[[0-9a-f:.]+\\]");
    private static final PhpPattern WITH_HOST_11 = compile("(?:" + HOST_11 + ")");
    private static final PhpPattern WITH_HOST_13 = compile("(?:" + HOST_13 + "|(?:\\d{1,3}\\.){3}\\d{1,3})");

    private final Set<String> schemes;
    private final PhpPattern withHost;

    private UrlText(Set<String> schemes, PhpPattern withHost) {
        this.schemes = schemes;
        this.withHost = withHost;
    }

    /** Returns the form of URLs; without schemes, all known ones are taken. */
    static UrlText of(List<String> schemes, LaravelVersion version) {
        var wanted =
                schemes.stream().map(scheme -> scheme.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        return new UrlText(
                wanted.isEmpty() ? KNOWN_SCHEMES : wanted,
                version == LaravelVersion.LARAVEL_11 ? WITH_HOST_11 : WITH_HOST_13);
    }

    boolean matches(String text) {
        int colon = text.indexOf("://");
        if (colon < 0 || !schemes.contains(text.substring(0, colon).toLowerCase(Locale.ROOT))) {
            return false;
        }
        var rest = text.substring(colon + 3);
        if (withHost.find(rest) == Outcome.FOUND) {
            return true;
        }
        return BRACKETS.find(rest) == Outcome.FOUND
                && IpText.v6(rest.substring(rest.indexOf('[') + 1, rest.indexOf(']')));
    }

    private static PhpPattern compile(String host) {
        try {
            return PhpPattern.compile("{\\A" + LOGIN + host + REST + "}iu");
        } catch (UnsupportedRegexException e) {
            throw new IllegalStateException("host: " + host + " (expected: a pattern that is understood)", e);
        }
    }

    private static Set<String> knownSchemes() {
        try (var in = UrlText.class.getResourceAsStream("url-schemes.txt")) {
            var lines =
                    new String(Objects.requireNonNull(in, "url-schemes.txt").readAllBytes(), StandardCharsets.UTF_8);
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
