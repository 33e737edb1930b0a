package dev.rookery.daemon.internal.machine;

import dev.rookery.kit.Redactor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Takes out of a text what must not leave the node: known secrets, and what looks like one. Thread-safe. */
public final class SecretWords {

    private static final List<String> SECRET_NAMES =
            List.of("TOKEN", "PASS", "SECRET", "KEY", "CREDENTIAL", "AUTH", "PRIVATE", "LICENSE");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(Bearer|Basic)\\s+[A-Za-z0-9._~+/=-]+");
    private static final Pattern JWT = Pattern.compile("\\beyJ[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
    private static final Pattern USER_IN_URL = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://)[^/\\s@]+@");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b((?:[a-z0-9]+[_-])*(?:token|password|passwd|secret|api_?key|apikey))(\\s*[=:]\\s*|\"\\s*:\\s*\")[^\\s\",;&]+");

    private final Set<String> words = ConcurrentHashMap.newKeySet();
    private final Redactor known = Redactor.of();

    /** Returns words that know what these know now, and learn on their own. */
    public SecretWords copy() {
        var copy = new SecretWords();
        words.forEach(copy::add);
        return copy;
    }

    /** Learns a secret; what is too short to be one is ignored. */
    public void add(String secret) {
        words.add(secret);
        known.add(secret);
    }

    /** Learns the values of variables whose names say that they are secret. */
    public void addVariables(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            var upper = name.toUpperCase(Locale.ROOT);
            if (SECRET_NAMES.stream().anyMatch(upper::contains)) {
                add(value);
            }
        });
    }

    /** Returns the text without secrets. */
    public String redact(String text) {
        var result = known.redact(text);
        result = BEARER.matcher(result).replaceAll("$1 " + Redactor.PLACEHOLDER);
        result = JWT.matcher(result).replaceAll(Redactor.PLACEHOLDER);
        result = USER_IN_URL.matcher(result).replaceAll("$1" + Redactor.PLACEHOLDER + "@");
        return NAMED.matcher(result).replaceAll("$1$2" + Redactor.PLACEHOLDER);
    }
}
